import { CompiledQuery } from 'kysely'
import type { Compilable } from 'kysely'

import { chunksOf } from './chunks.ts'
import type { StoreWork } from './store-session.ts'

/** Statements for more rows than that are made anew each time: it costs little for each of the rows. */
const MAX_KEPT_ROWS = 32

/** The same for rows of several tables, of which there are many combinations. */
const MAX_KEPT_TOGETHER = 6

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

  /** One statement for rows of several tables, kept by how many there are of each. */
  together(
    name: string,
    rows: readonly (readonly object[])[],
    build: () => CompiledQuery,
  ): CompiledQuery {
    const key = `${name} ${rows.map((each) => each.length).join(' ')}`
    const known = this.#texts.get(key)
    if (known !== undefined) {
      const parameters = rows.flat().flatMap((row): unknown[] => Object.values(row))
      return CompiledQuery.raw(known, parameters)
    }
    const made = build()
    if (rows.every((each) => each.length <= MAX_KEPT_TOGETHER)) this.#texts.set(key, made.sql)
    return made
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
