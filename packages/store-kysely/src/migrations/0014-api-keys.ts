import { createTables } from './create-tables.ts'
import type { NumberedMigration } from './migration-list.ts'

/** Keys of machines: what they may do, and a hash of their secrets. */
export const apiKeys: NumberedMigration = {
  name: '0014-api-keys',
  tables: {
    api_keys: {
      columns: {
        id: 'text',
        tenant_id: 'text',
        label: 'text',
        roles: 'json',
        agent_ids: 'json?',
        secret_hash: 'text',
        created_by: 'text?',
        created_at: 'time',
        expires_at: 'time?',
        last_used_at: 'time?',
        revoked_at: 'time?',
      },
      primaryKey: ['id'],
      indexes: { ix_api_keys_tenant: { columns: ['tenant_id', 'id'] } },
    },
  },
  up: createTables,
}
