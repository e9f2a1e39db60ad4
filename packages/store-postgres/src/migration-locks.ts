import type { Database } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

import { assertServerVersion } from './server-version.ts'

/**
 * How long a migration waits for the lock of a table, milliseconds. Whoever comes to the table
 * meanwhile waits behind it.
 */
const LOCK_TIMEOUT_MS = 500

/** `lock_not_available`. */
const LOCK_TIMEOUT = '55P03'

/**
 * Waits for the other migrating processes as long as they take, and from then on for tables only
 * shortly. A time limit that the host sets on statements is for requests; it does not hold here.
 */
export async function beginMigration(database: Kysely<Database>, name: string): Promise<void> {
  await assertServerVersion(database)
  await sql`set local statement_timeout = 0`.execute(database)
  await sql`set local lock_timeout = 0`.execute(database)
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(database)
  await sql`set local lock_timeout = ${sql.lit(LOCK_TIMEOUT_MS)}`.execute(database)
}

export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === LOCK_TIMEOUT
}

export async function hasTable(
  database: Kysely<Database>,
  { name, schema }: { readonly name: string; readonly schema: string | undefined },
): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where c.relname = ${name} and n.nspname = coalesce(${schema ?? null}, current_schema())
      and c.relkind in ('r', 'p')`.execute(database)
  return rows.length > 0
}
