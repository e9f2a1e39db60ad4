import type { MigratedSchema } from '@imrs/store-kysely'
import { qualified } from '@imrs/store-kysely'
import { sql } from 'kysely'

/** One for the whole database: the payload names the schema. */
export const CHANGES_CHANNEL = 'imrs_changes'

/**
 * Notifies listeners of every version that is raised, when the transaction that raises it commits. The
 * payload is the topic and its version, never data.
 *
 * Topics of experience are left out: they move with every rating, and PostgreSQL commits transactions
 * that notify one at a time.
 */
export async function tellChanges({
  database,
  schema,
}: Pick<MigratedSchema, 'database' | 'schema'>): Promise<void> {
  const name = qualified(schema, 'imrs_tell_change')
  await sql`create function ${name}() returns trigger language plpgsql as $$
    begin
      perform pg_notify(${sql.lit(CHANGES_CHANNEL)}, json_build_object(
        'schema', tg_table_schema, 'topic', new.topic, 'version', new.version)::text);
      return null;
    end $$`.execute(database)
  await sql`create trigger imrs_tell_change after insert or update on
    ${qualified(schema, 'change_versions')} for each row
    when (new.topic not like 'experience:%') execute function ${name}()`.execute(database)
}
