import { TABLES, qualified } from '@imrs/store-kysely'
import type { MigratedSchema, MissingIndex, StoreTables } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import { RESET_STATEMENT_TIMEOUT } from './postgres-connection.ts'
import { regclass } from './table-names.ts'

/**
 * As much is read to be indexed in the transaction that ends a migration, in bytes: a part of a second.
 * Whoever writes into one of the partitions waits so long.
 */
const MOST_INDEXED_BYTES = 33_554_432

/**
 * Gives partitions the indexes that a migration made of their tables alone, the newest month first, as
 * far as that is quickly done. Upkeep gives the others theirs, by {@link buildIndex}.
 */
export async function indexSmallPartitions({ database, schema }: MigratedSchema): Promise<void> {
  let bytes = 0
  for (const missing of await listUnindexed({ database, schema })) {
    if (bytes + missing.bytes > MOST_INDEXED_BYTES) continue
    bytes += missing.bytes
    await sql`create index if not exists ${sql.id(partIndexOf(missing))}
      ${ofRows(schema, missing)}`.execute(database)
    await attachIndex({ database, schema }, missing)
  }
}

/** The partitions that lack a part of an index of their table, the newest month first. */
export async function listUnindexed({
  database,
  schema,
}: StoreTables): Promise<readonly MissingIndex[]> {
  const { rows } = await sql<MissingIndex>`select whole.relname as "table",
      index.relname as "index", part.relname as "partition", pg_relation_size(part.oid) as bytes
    from pg_index as made
      join pg_class as index on index.oid = made.indexrelid and index.relkind = 'I'
      join pg_class as whole on whole.oid = made.indrelid
      join pg_inherits as tree on tree.inhparent = whole.oid
      join pg_class as part on part.oid = tree.inhrelid
    where not made.indisvalid
      and whole.relnamespace = (select oid from pg_namespace
        where nspname = coalesce(${schema ?? null}, current_schema()))
      and not exists (select from pg_inherits as attached
        join pg_index as own on own.indexrelid = attached.inhrelid
        where attached.inhparent = made.indexrelid and own.indrelid = part.oid)
    order by part.relname desc`.execute(database)
  return rows.filter(({ table, index }) => TABLES[table]?.indexes?.[index] !== undefined)
}

/**
 * Builds the part of an index while its partition is written into. `false`: another process is at it.
 * What one left behind that was stopped is taken away first. Not to be called in a transaction.
 */
export async function buildIndex(tables: StoreTables, missing: MissingIndex): Promise<boolean> {
  const name = partIndexOf(missing)
  // One connection, since a limit on the time of statements is lifted for it.
  return tables.database.connection().execute(async (database) => {
    const one = { ...tables, database }
    // Read first: one that another process begins after it is not taken for what was left behind.
    const wasWhole = await isWhole(one, name)
    if (await isBeingBuilt(one, missing)) return false
    const part = qualified(tables.schema, name)
    await sql`set statement_timeout = 0`.execute(database)
    try {
      if (wasWhole === false) {
        await sql`drop index concurrently if exists ${part}`.execute(database)
      }
      await sql`create index concurrently if not exists ${sql.id(name)}
        ${ofRows(tables.schema, missing)}`.execute(database)
    } finally {
      await sql.raw(RESET_STATEMENT_TIMEOUT).execute(database)
    }
    return (await isWhole(one, name)) === true
  })
}

/** Makes what was built a part of the index of the whole table. */
export async function attachIndex(
  { database, schema }: StoreTables,
  missing: MissingIndex,
): Promise<void> {
  await sql`alter index ${qualified(schema, missing.index)}
    attach partition ${qualified(schema, partIndexOf(missing))}`.execute(database)
}

function partIndexOf({ table, index, partition }: MissingIndex): string {
  return `${index}${partition.slice(table.length)}`
}

/** What the index is of. */
function ofRows(
  schema: string | undefined,
  { table, index, partition }: MissingIndex,
): RawBuilder<unknown> {
  const { columns = [], where } = TABLES[table]?.indexes?.[index] ?? {}
  const refs = sql.join(columns.map((column) => sql.ref(column)))
  const condition = where === undefined ? sql`` : sql`where ${sql.raw(where)}`
  return sql`on ${qualified(schema, partition)} (${refs}) ${condition}`
}

/** `undefined`: there is none. One that is not whole was left behind, or is being built. */
async function isWhole(
  { database, schema }: StoreTables,
  name: string,
): Promise<boolean | undefined> {
  const { rows } = await sql<{ isWhole: number }>`select indisvalid::integer as "isWhole"
    from pg_index join pg_class on pg_class.oid = indexrelid
    where relname = ${name} and relnamespace = (select oid from pg_namespace
      where nspname = coalesce(${schema ?? null}, current_schema()))`.execute(database)
  return rows[0] && rows[0].isWhole === 1
}

async function isBeingBuilt(
  { database, schema }: StoreTables,
  { partition }: MissingIndex,
): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_stat_progress_create_index
    where relid = ${regclass(schema, partition)}`.execute(database)
  return rows.length > 0
}
