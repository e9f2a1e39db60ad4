import { sql } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { MigrationStep, NumberedMigration } from './migration-list.ts'

const TABLE = 'feedback_events'
const INDEX = 'ix_feedback_reasons'
const COLUMNS = ['tenant_id', 'message_id'] as const
const WHERE = 'reasons is not null'

/** The columns that a rating writes from here on. */
const EVENT_COLUMNS = [
  'id',
  'tenant_id',
  'message_id',
  'user_id',
  'feedback_type',
  'rating_milli',
  'signal',
  'given_at',
  'epoch',
  'weight_milli',
  'reasons',
] as const

/**
 * Why ratings were given, and an index of those that say. No partition is read here: the index is made of
 * the partitioned table alone, months that are made later get it by themselves, and those that are there
 * when partitions are looked after.
 */
export const feedbackReasons: NumberedMigration = {
  name: '0017-feedback-reasons',
  tables: {},
  columns: { [TABLE]: { reasons: 'json?' } },
  indexes: { [TABLE]: { [INDEX]: { columns: COLUMNS, where: WHERE } } },
  up: async ({ database, traits, schema }: MigrationStep) => {
    await database.schema
      .alterTable(TABLE)
      .addColumn('reasons', sql.raw(traits.columnTypes.json))
      .execute()
    const only = sql.raw(traits.supportsPartitions ? 'only ' : '')
    const columns = sql.join(COLUMNS.map((column) => sql.ref(column)))
    await sql`create index ${sql.id(INDEX)} on ${only}${qualified(schema, TABLE)}
      (${columns}) where ${sql.raw(WHERE)}`.execute(database)
    await traits.createRatingFunctions?.({ database, schema, eventColumns: EVENT_COLUMNS })
  },
}
