import { sql } from 'kysely'

import type { MigrationStep, NumberedMigration } from './migration-list.ts'

/** Why a call was made, what it was charged by, and when the head of its answer came. */
export const attemptFigures: NumberedMigration = {
  name: '0002-attempt-figures',
  tables: {},
  columns: {
    attempts: {
      cause: 'text',
      headers_ms: 'double?',
      usage_source: 'text?',
      price: 'json?',
      price_as_of: 'time?',
    },
  },
  up: async ({ database, traits }: MigrationStep) => {
    const text = sql.raw(traits.columnTypes.text)
    const columns = [
      ['headers_ms', sql.raw(traits.columnTypes.double)],
      ['usage_source', text],
      ['price', sql.raw(traits.columnTypes.json)],
      ['price_as_of', sql.raw(traits.columnTypes.time)],
    ] as const
    await database.schema
      .alterTable('attempts')
      .addColumn('cause', text, (column) => column.notNull().defaultTo('first'))
      .execute()
    for (const [name, type] of columns) {
      await database.schema.alterTable('attempts').addColumn(name, type).execute()
    }
  },
}
