import { createTables } from './create-tables.ts'
import type { NumberedMigration } from './migration-list.ts'

/** What processes tell each other, and where the database can, that it tells of changes by itself. */
export const processes: NumberedMigration = {
  name: '0010-processes',
  tables: {
    health_hints: {
      columns: {
        provider_id: 'text',
        credential_id: 'text',
        model_id: 'text',
        failure_kind: 'text',
        openings: 'integer',
        open_until: 'time',
      },
      primaryKey: ['provider_id', 'credential_id', 'model_id'],
      indexes: { ix_health_hint_until: { columns: ['open_until'] } },
    },
    provider_pace: {
      columns: {
        provider_id: 'text',
        // Epoch milliseconds with fractions: requests may be closer to each other than that.
        full_at_ms: 'double',
      },
      primaryKey: ['provider_id'],
    },
  },
  up: async (step) => {
    await createTables(step)
    await step.traits.tellChanges?.(step)
  },
}
