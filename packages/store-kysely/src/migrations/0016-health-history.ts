import { createTables } from './create-tables.ts'
import type { NumberedMigration } from './migration-list.ts'

/** How providers were: a row for each change of the status that `provider_health` has. */
export const healthHistory: NumberedMigration = {
  name: '0016-health-history',
  tables: {
    provider_health_history: {
      columns: {
        seq: 'sequence',
        provider_id: 'text',
        at: 'time',
        from_status: 'text',
        to_status: 'text',
        error: 'text?',
      },
      primaryKey: ['seq'],
      indexes: { ix_health_history_provider: { columns: ['provider_id', 'seq'] } },
    },
  },
  up: createTables,
}
