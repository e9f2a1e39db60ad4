import { qualified } from '@imrs/store-kysely'
import type { MigratedSchema } from '@imrs/store-kysely'
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

// Words as they are: a parser of the database would cut `4o` and `3.1` its own way.
const words: RawBuilder<unknown> = sql`array_to_tsvector(string_to_array(search_words, ' '))`

export async function createSearchIndex({
  database,
  schema,
}: Omit<MigratedSchema, 'tables'>): Promise<void> {
  const table = qualified(schema, 'llm_model_catalog')
  await sql`create index ix_model_search on ${table} using gin (${words})`.execute(database)
}

/**
 * Finds first and sorts then: in the order of an index, all that fit may be at the far end, and whether a
 * row fits is dear to find out.
 */
export function fitsSearch(
  schema: string | undefined,
  terms: readonly string[],
): RawBuilder<SqlBool> {
  const table = qualified(schema, 'llm_model_catalog')
  const query = terms.map((term) => `'${term}':*`).join(' & ')
  return sql<SqlBool>`${sql.ref('id')} in (
    with found as materialized (select id from ${table} where ${words} @@ ${query}::tsquery)
    select id from found)`
}
