import { ImrsError } from '@imrs/core'
import type { CallOptions } from '@imrs/core'
import { sql } from 'kysely'

import type { MigrationContext } from '../migrations/migrate.ts'
import { TABLES } from '../migrations/migrate.ts'
import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import type { RowKey } from './table-pages.ts'

/** How far each table is, in the target; written with the rows that it counts. */
const PROGRESS_TABLE = 'imrs_copy'
const LOCK_NAME = 'imrs:copy'

export interface TableProgress {
  readonly name: string
  readonly rows: number
  /** Of the source's rows, as they were read. */
  readonly checksum: string
  /** Of the last row copied. */
  readonly key: RowKey | undefined
  readonly isDone: boolean
}

interface ProgressRow {
  readonly table_name: string
  readonly row_count: number
  readonly checksum: string
  readonly last_key: string
  readonly is_done: number
}

/**
 * Begins a copy into an empty target, or finds the one that was begun.
 *
 * @throws ImrsError `store-not-empty` for a target with rows that no copy of ours put there.
 */
export async function beginCopy(
  { session, traits }: MigrationContext,
  options: CallOptions,
): Promise<readonly TableProgress[]> {
  return session.write(async (work) => {
    const { database } = work
    await traits.lock(database, LOCK_NAME)
    const schema = traits.schema ?? (await traits.currentSchema?.(database))
    if (!(await traits.hasTable(database, { name: PROGRESS_TABLE, schema }))) {
      await assertEmpty(work)
      await createProgress(work)
    }
    const { rows } =
      await sql<ProgressRow>`select * from ${qualified(traits.schema, PROGRESS_TABLE)}`.execute(
        database,
      )
    return rows.map(fromRow)
  }, options)
}

/**
 * Says how far a table is now, in the transaction that brought it there.
 *
 * @throws ImrsError `store-not-empty` when another process has brought it on meanwhile.
 */
export async function saveProgress(
  { database, traits }: StoreWork,
  { before, now }: { readonly before: TableProgress; readonly now: TableProgress },
): Promise<void> {
  const { numAffectedRows } = await sql`update ${qualified(traits.schema, PROGRESS_TABLE)}
    set row_count = ${now.rows}, checksum = ${now.checksum},
      last_key = ${JSON.stringify(now.key ?? [])}, is_done = ${Number(now.isDone)}
    where table_name = ${now.name} and row_count = ${before.rows}
      and checksum = ${before.checksum} and is_done = ${Number(before.isDone)}`.execute(database)
  if (numAffectedRows === 1n) return
  throw new ImrsError(
    'store-not-empty',
    `Another process copies into the ${traits.name} database: ${now.name} is further than it was`,
  )
}

/** How many rows of each table a store has. */
export async function countRows(
  { session, traits }: MigrationContext,
  options: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>()
  for (const name of Object.keys(TABLES)) {
    const count = await session.read(async ({ database }) => {
      const { rows } = await sql<{ rows: number }>`select count(*) as rows
        from ${qualified(traits.schema, name)}`.execute(database)
      return rows[0]?.rows ?? 0
    }, options)
    counts.set(name, count)
  }
  return counts
}

async function assertEmpty({ database, traits }: StoreWork): Promise<void> {
  const filled: string[] = []
  for (const name of Object.keys(TABLES)) {
    const { rows } = await sql`select 1 from ${qualified(traits.schema, name)} limit 1`.execute(
      database,
    )
    if (rows.length > 0) filled.push(name)
  }
  if (filled.length === 0) return
  throw new ImrsError(
    'store-not-empty',
    `The ${traits.name} database to copy into has rows in ${filled.join(', ')}, and they are not ` +
      'of a copy that was begun. Copy into an empty one',
  )
}

async function createProgress({ database, traits }: StoreWork): Promise<void> {
  const table = qualified(traits.schema, PROGRESS_TABLE)
  const { text, bigint, integer } = traits.columnTypes
  await sql`create table ${table} (table_name ${sql.raw(text)} primary key,
    row_count ${sql.raw(bigint)} not null, checksum ${sql.raw(text)} not null,
    last_key ${sql.raw(text)} not null, is_done ${sql.raw(integer)} not null)`.execute(database)
  const rows = Object.keys(TABLES).map((name) => sql`(${name}, 0, '', '[]', 0)`)
  await sql`insert into ${table} values ${sql.join(rows)}`.execute(database)
}

function fromRow(row: ProgressRow): TableProgress {
  // We wrote it.
  const key = JSON.parse(row.last_key) as RowKey
  return {
    name: row.table_name,
    rows: row.row_count,
    checksum: row.checksum,
    key: key.length === 0 ? undefined : key,
    isDone: row.is_done === 1,
  }
}
