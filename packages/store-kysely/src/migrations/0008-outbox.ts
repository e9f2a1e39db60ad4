import { sql } from 'kysely'
import type { SqlBool } from 'kysely'

import type { IndexDefinition } from '../schema/table-definition.ts'
import { createTables } from './create-tables.ts'
import type { MigrationStep, NumberedMigration } from './migration-list.ts'

const OUTBOX_INDEXES: Readonly<Record<string, IndexDefinition>> = {
  ix_outbox_due: { columns: ['topic', 'available_at', 'seq'], where: 'set_aside_at is null' },
  ix_outbox_set_aside: { columns: ['topic', 'seq'], where: 'set_aside_at is not null' },
  ix_outbox_key: { columns: ['tenant_id', 'topic', 'key', 'seq'] },
}

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
  indexes: { outbox: OUTBOX_INDEXES },
  up: async (step: MigrationStep) => {
    const { schema } = step.database
    await schema
      .alterTable('outbox')
      .addColumn('set_aside_at', sql.raw(step.traits.columnTypes.time))
      .execute()
    await schema.dropIndex('ix_outbox_available').execute()
    for (const [name, { columns, where }] of Object.entries(OUTBOX_INDEXES)) {
      const index = schema
        .createIndex(name)
        .on('outbox')
        .columns([...columns])
      await (where === undefined ? index : index.where(sql<SqlBool>`${sql.raw(where)}`)).execute()
    }
    await createTables(step)
  },
}
