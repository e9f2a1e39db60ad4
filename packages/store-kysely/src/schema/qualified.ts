import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/** The name of a table, with its schema when there is one: Kysely adds none to plain `sql`. */
export function qualified(schema: string | undefined, name: string): RawBuilder<unknown> {
  return schema === undefined ? sql.id(name) : sql.id(schema, name)
}
