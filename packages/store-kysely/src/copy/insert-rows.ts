import { CompiledQuery, sql } from 'kysely'

import { qualified } from '../schema/qualified.ts'
import type { StoreWork } from '../session/store-session.ts'
import type { StoredRow } from './canonical-row.ts'
import type { NamedTable } from './table-pages.ts'

/** A page is a multiple of it, so that few texts of statements serve all of a table. */
const ROWS_OF_STATEMENT = 250

/** Writes rows of one table as they are, many to a statement. */
export class RowWriter {
  readonly #columns: readonly string[]
  readonly #texts = new Map<number, string>()
  readonly #table: NamedTable

  constructor(table: NamedTable) {
    this.#table = table
    this.#columns = Object.keys(table.definition.columns)
  }

  async write(work: StoreWork, rows: readonly StoredRow[]): Promise<void> {
    const most = Math.floor(work.traits.maxParameters / this.#columns.length)
    const size = Math.min(ROWS_OF_STATEMENT, most)
    for (let start = 0; start < rows.length; start += size) {
      work.check()
      const chunk = rows.slice(start, start + size)
      const parameters = chunk.flatMap((row) => this.#columns.map((column) => row[column]))
      const text = this.#textOf(work, chunk.length)
      await work.database.executeQuery(CompiledQuery.raw(text, parameters))
    }
  }

  /** Compiled once for each number of rows: building it takes longer than running it. */
  #textOf({ database, traits }: StoreWork, count: number): string {
    const known = this.#texts.get(count)
    if (known !== undefined) return known
    const columns = sql.join(this.#columns.map((column) => sql.ref(column)))
    const row = sql`(${sql.join(this.#columns.map(() => sql.val(null)))})`
    const rows = sql.join(Array.from({ length: count }, () => row))
    const table = qualified(traits.schema, this.#table.name)
    const { sql: text } = sql`insert into ${table} (${columns}) values ${rows}`.compile(database)
    this.#texts.set(count, text)
    return text
  }
}
