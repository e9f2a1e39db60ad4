import { createTables } from './create-tables.ts'
import type { NumberedMigration } from './migration-list.ts'

/** Parameters that count where a request leaves them out. */
export const parameterDefaults: NumberedMigration = {
  name: '0004-parameter-defaults',
  tables: {
    parameter_defaults: {
      columns: {
        tenant_id: 'text',
        agent_id: 'text',
        model_id: 'text',
        parameters: 'json',
        updated_by: 'text?',
        updated_at: 'time',
      },
      primaryKey: ['tenant_id', 'agent_id', 'model_id'],
    },
  },
  up: createTables,
}
