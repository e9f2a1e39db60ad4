import { catalogTables } from './0001-catalog-tables.ts'
import { learningTables } from './0001-learning-tables.ts'
import { ledgerTables } from './0001-ledger-tables.ts'
import { createTables } from './create-tables.ts'
import type { NumberedMigration } from './migration-list.ts'

/** Every table of the first version. */
export const initial: NumberedMigration = {
  name: '0001-initial',
  tables: { ...catalogTables, ...ledgerTables, ...learningTables },
  up: async (step) => {
    await createTables(step)
    await step.traits.createSearchIndex(step)
  },
}
