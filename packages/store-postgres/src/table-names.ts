import type { StoreTables } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** A table by name, as the catalogue of the database knows it. */
export function regclass(schema: string | undefined, table: string): RawBuilder<unknown> {
  const path = schema === undefined ? [table] : [schema, table]
  const name = path.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
  return sql`${name}::regclass`
}

/** The names of the ordinary tables of a store's schema that begin so. */
export async function tableNames(
  { database, schema }: StoreTables,
  prefix: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where relkind = 'r' and not relispartition and starts_with(relname, ${prefix})
      and nspname = coalesce(${schema ?? null}, current_schema()) order by 1`.execute(database)
  return rows.map(({ name }) => name)
}
