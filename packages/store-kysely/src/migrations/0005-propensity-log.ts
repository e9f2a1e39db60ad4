import { sql } from 'kysely'

import type { MigrationStep, NumberedMigration } from './migration-list.ts'

/** How the probability of a choice came about. */
export const propensityLog: NumberedMigration = {
  name: '0005-propensity-log',
  tables: {},
  columns: { routing_decisions: { propensity_log: 'json?' } },
  up: async ({ database, traits }: MigrationStep) => {
    await database.schema
      .alterTable('routing_decisions')
      .addColumn('propensity_log', sql.raw(traits.columnTypes.json))
      .execute()
  },
}
