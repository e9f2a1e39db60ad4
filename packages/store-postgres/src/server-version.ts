import { ImrsError } from '@imrs/core'
import type { Database } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'

/** The oldest major version that is tested. */
const OLDEST = 16

/** @throws ImrsError `invalid-config` for a server that is too old. */
export async function assertServerVersion(database: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ version: string }>`select
    current_setting('server_version_num') as version`.execute(database)
  const major = Math.floor(Number(rows[0]?.version) / 10_000)
  if (major >= OLDEST) return
  throw new ImrsError(
    'invalid-config',
    `The server is PostgreSQL ${major}; this store needs ${OLDEST} or newer`,
  )
}
