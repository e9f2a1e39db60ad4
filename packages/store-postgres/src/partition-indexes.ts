import { qualified } from '@imrs/store-kysely'
import type { MigratedSchema } from '@imrs/store-kysely'
import { sql } from 'kysely'

/**
 * As much is read to be indexed in one transaction, in bytes: about a second. Whoever writes into one of
 * the partitions waits so long.
 */
const MOST_INDEXED_BYTES = 134_217_728

/** A partition that has no part of an index of its table. */
interface UnindexedPartition {
  readonly table: string
  readonly index: string
  readonly partition: string
  readonly bytes: number
}

/**
 * Gives partitions the indexes that a migration made of their tables alone, the newest month first, as
 * far as that is quickly done. The others are read without, or get it by hand: see `docs/migrations.md`.
 */
export async function indexPartitions(made: MigratedSchema): Promise<void> {
  const { database, tables, schema } = made
  let bytes = 0
  for (const each of await listUnindexed(made)) {
    const { columns = [], where } = tables[each.table]?.indexes?.[each.index] ?? {}
    if (columns.length === 0 || bytes + each.bytes > MOST_INDEXED_BYTES) continue
    bytes += each.bytes
    const name = `${each.index}${each.partition.slice(each.table.length)}`
    const refs = sql.join(columns.map((column) => sql.ref(column)))
    const condition = where === undefined ? sql`` : sql`where ${sql.raw(where)}`
    await sql`create index if not exists ${sql.id(name)} on ${qualified(schema, each.partition)}
      (${refs}) ${condition}`.execute(database)
    await sql`alter index ${qualified(schema, each.index)}
      attach partition ${qualified(schema, name)}`.execute(database)
  }
}

async function listUnindexed({
  database,
  tables,
  schema,
}: MigratedSchema): Promise<readonly UnindexedPartition[]> {
  const names = Object.keys(tables)
  const { rows } = await sql<UnindexedPartition>`select whole.relname as "table",
      index.relname as "index", part.relname as "partition", pg_relation_size(part.oid) as bytes
    from pg_index as made
      join pg_class as index on index.oid = made.indexrelid and index.relkind = 'I'
      join pg_class as whole on whole.oid = made.indrelid
      join pg_inherits as tree on tree.inhparent = whole.oid
      join pg_class as part on part.oid = tree.inhrelid
    where not made.indisvalid
      and whole.relnamespace = (select oid from pg_namespace
        where nspname = coalesce(${schema ?? null}, current_schema()))
      and whole.relname in (${sql.join(names)})
      and not exists (select from pg_inherits as attached
        join pg_index as own on own.indexrelid = attached.inhrelid
        where attached.inhparent = made.indexrelid and own.indrelid = part.oid)
    order by part.relname desc`.execute(database)
  return rows
}
