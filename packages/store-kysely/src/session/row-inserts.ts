import { CompiledQuery } from 'kysely'
import type { Compilable } from 'kysely'

import { chunksOf } from './chunks.ts'
import type { StoreWork } from './store-session.ts'

/** Statements for more rows than that are made anew each time: it costs little for each of the rows. */
const MAX_KEPT_ROWS = 32

/**
 * Statements that add rows, kept as text: building and compiling one takes longer than running it.
 * The columns of a table's rows must always be the same ones, in the same order.
 */
export class RowInserts {
  readonly #texts = new Map<string, string>()

  /** As many statements as the rows take. `build` makes the one for some of them. */
  statements<Row extends object>(
    { traits }: Pick<StoreWork, 'traits'>,
    { table, rows }: { readonly table: string; readonly rows: readonly Row[] },
    build: (rows: readonly Row[]) => Compilable,
  ): readonly CompiledQuery[] {
    return chunksOf(rows, traits).map((chunk) => {
      const parameters = chunk.flatMap((row): unknown[] => Object.values(row))
      return CompiledQuery.raw(this.#textOf(table, chunk, build), parameters)
    })
  }

  #textOf<Row>(
    table: string,
    rows: readonly Row[],
    build: (rows: readonly Row[]) => Compilable,
  ): string {
    const name = `${table} ${rows.length}`
    const known = this.#texts.get(name)
    if (known !== undefined) return known
    const { sql } = build(rows).compile()
    if (rows.length <= MAX_KEPT_ROWS) this.#texts.set(name, sql)
    return sql
  }
}
