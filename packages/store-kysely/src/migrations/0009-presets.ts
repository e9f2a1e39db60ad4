import { sql } from 'kysely'

import { createTables } from './create-tables.ts'
import type { MigrationStep, NumberedMigration } from './migration-list.ts'

/** Named groups of models, and which of them a decision was asked for. */
export const presets: NumberedMigration = {
  name: '0009-presets',
  tables: {
    presets: {
      columns: {
        tenant_id: 'text',
        id: 'text',
        display_name: 'text',
        description: 'text?',
        models: 'json',
        required_capabilities: 'json',
        choice: 'json',
        updated_by: 'text?',
        updated_at: 'time',
      },
      primaryKey: ['tenant_id', 'id'],
    },
  },
  columns: { routing_decisions: { preset: 'text?' } },
  up: async (step: MigrationStep) => {
    await createTables(step)
    await step.database.schema
      .alterTable('routing_decisions')
      .addColumn('preset', sql.raw(step.traits.columnTypes.text))
      .execute()
  },
}
