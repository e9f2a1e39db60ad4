import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

/** Assignments of an `on conflict do update` that take the values of the row that could not be inserted. */
export function excluded<Column extends string>(
  columns: readonly Column[],
): Record<Column, RawBuilder<never>> {
  const pairs = columns.map((column) => [column, sql<never>`excluded.${sql.ref(column)}`] as const)
  // Every column of the list is a key.
  return Object.fromEntries(pairs) as Record<Column, RawBuilder<never>>
}

/** The columns of a row but for the ones named. */
export function columnsBut<Row extends object, Left extends keyof Row & string>(
  row: Row,
  left: readonly Left[],
): Exclude<keyof Row & string, Left>[] {
  const without: readonly string[] = left
  // The keys of a row are its columns.
  return Object.keys(row).filter((column) => !without.includes(column)) as Exclude<
    keyof Row & string,
    Left
  >[]
}

/** Whether the stored row is not newer, by a time column, than the one that could not be inserted. */
export function isOlder(table: string, column: string): RawBuilder<SqlBool> {
  const stored = sql.ref(`${table}.${column}`)
  return sql<SqlBool>`(${stored} is null or ${stored} <= excluded.${sql.ref(column)})`
}
