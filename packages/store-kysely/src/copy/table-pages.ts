import type { CallOptions } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import type { MigrationContext } from '../migrations/migrate.ts'
import { qualified } from '../schema/qualified.ts'
import type { TableDefinition } from '../schema/table-definition.ts'
import { canonicalRows } from './canonical-row.ts'
import type { StoredRow } from './canonical-row.ts'

/** The values of the primary key of the last row of a page. */
export type RowKey = readonly unknown[]

/** Rows of a table in the order of its primary key. */
export interface TablePage {
  readonly rows: readonly StoredRow[]
  /** The canonical text of each row. */
  readonly texts: readonly string[]
  /** Of the last row. */
  readonly key: RowKey
}

export interface NamedTable {
  readonly name: string
  readonly definition: TableDefinition
}

const FIRST_ROWS = 250
const MOST_ROWS = 2_000
/** A page of more text than that makes the next one smaller; of less than a quarter, larger. */
const MUCH_TEXT = 4_194_304

/**
 * Reads a table page by page, from after the given key. Memory holds two pages at most: the next one
 * is read when it is asked for.
 */
export async function* tablePages(
  context: MigrationContext,
  table: NamedTable,
  { after, options }: { readonly after?: RowKey | undefined; readonly options: CallOptions },
): AsyncGenerator<TablePage, void, undefined> {
  const textOf = canonicalRows(table.definition)
  let key = after
  let limit = FIRST_ROWS
  for (;;) {
    const rows = await readPage(context, table, { key, limit, options })
    const last = rows.at(-1)
    if (last === undefined) return
    const texts = rows.map(textOf)
    key = table.definition.primaryKey.map((column) => last[column])
    yield { rows, texts, key }
    if (rows.length < limit) return
    limit = nextLimit(limit, texts)
  }
}

function nextLimit(limit: number, texts: readonly string[]): number {
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  if (length > MUCH_TEXT) return Math.max(1, Math.floor(limit / 2))
  return length < MUCH_TEXT / 4 ? Math.min(MOST_ROWS, limit * 2) : limit
}

interface PageBounds {
  readonly key: RowKey | undefined
  readonly limit: number
  readonly options: CallOptions
}

/**
 * One statement for each column of the key, from the last to the first, until the page is full: the
 * columns before it equal those of the row before, and it comes after. Together they are the rows after
 * the key. In one comparison of whole keys PostgreSQL looks at the first column alone to guess how many
 * rows there are, finds none after the only tenant, and sorts all of them for each page.
 */
async function readPage(
  { session, traits }: MigrationContext,
  { name, definition }: NamedTable,
  { key, limit, options }: PageBounds,
): Promise<readonly StoredRow[]> {
  const columns = sql.join(Object.keys(definition.columns).map((column) => sql.ref(column)))
  const keyColumns = definition.primaryKey.map((column) => sql.ref(column))
  return session.read(async ({ database }) => {
    const page: StoredRow[] = []
    for (const condition of conditionsAfter(keyColumns, key)) {
      const { rows } = await sql<StoredRow>`select ${columns}
        from ${qualified(traits.schema, name)} where ${condition}
        order by ${sql.join(keyColumns)} limit ${sql.lit(limit - page.length)}`.execute(database)
      page.push(...rows)
      if (page.length === limit) break
    }
    return page
  }, options)
}

function conditionsAfter(
  columns: readonly RawBuilder<unknown>[],
  key: RowKey | undefined,
): readonly RawBuilder<unknown>[] {
  if (key === undefined) return [sql`1 = 1`]
  const equal = columns.map((column, place) => sql`${column} = ${key[place]}`)
  const after = columns.map((column, place) => sql`${column} > ${key[place]}`)
  return after
    .map((last, place) => sql.join([...equal.slice(0, place), last], sql` and `))
    .toReversed()
}
