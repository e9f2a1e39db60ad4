import type { MigrationStep, NumberedMigration } from './migration-list.ts'

const AUDIT_INDEX = 'ix_audit_seq'

/** The columns that a rating writes. */
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
] as const

/**
 * A rating in two round trips, where the database can. And the audit log in the order of all tenants;
 * where `seq` is the row's own number there is that order already.
 */
export const ratingFunctions: NumberedMigration = {
  name: '0015-rating-functions',
  tables: {},
  up: async ({ database, traits, schema }: MigrationStep) => {
    if (traits.supportsSequences) {
      await database.schema.createIndex(AUDIT_INDEX).on('audit_log').column('seq').execute()
    }
    await traits.createRatingFunctions?.({ database, schema, eventColumns: EVENT_COLUMNS })
  },
}
