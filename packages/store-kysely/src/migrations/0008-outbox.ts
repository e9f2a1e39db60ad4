import { sql } from 'kysely'
import type { SqlBool } from 'kysely'

import { createTables } from './create-tables.ts'
import type { MigrationStep, NumberedMigration } from './migration-list.ts'

/** Entries that a sink refused, and who delivers to each sink. Nothing was in the outbox until now. */
export const outbox: NumberedMigration = {
  name: '0008-outbox',
  tables: {
    // Who delivers to a sink, and until when it is left alone. Of all tenants: a sink is of the host.
    outbox_sinks: {
      columns: {
        sink: 'text',
        holder: 'text?',
        lease_until: 'time?',
        failure_count: 'integer',
        failure: 'text?',
        paused_until: 'time?',
      },
      primaryKey: ['sink'],
    },
  },
  columns: { outbox: { set_aside_at: 'time?' } },
  up: async (step: MigrationStep) => {
    const { schema } = step.database
    await schema
      .alterTable('outbox')
      .addColumn('set_aside_at', sql.raw(step.traits.columnTypes.time))
      .execute()
    await schema.dropIndex('ix_outbox_available').execute()
    await schema
      .createIndex('ix_outbox_due')
      .on('outbox')
      .columns(['topic', 'available_at', 'seq'])
      .where(sql<SqlBool>`set_aside_at is null`)
      .execute()
    await schema
      .createIndex('ix_outbox_set_aside')
      .on('outbox')
      .columns(['topic', 'seq'])
      .where(sql<SqlBool>`set_aside_at is not null`)
      .execute()
    await schema
      .createIndex('ix_outbox_key')
      .on('outbox')
      .columns(['tenant_id', 'topic', 'key', 'seq'])
      .execute()
    await createTables(step)
  },
}
