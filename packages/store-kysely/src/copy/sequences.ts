import type { CallOptions } from '@imrs/core'
import { sql } from 'kysely'

import { TABLES } from '../migrations/migrate.ts'
import type { MigrationContext } from '../migrations/migrate.ts'
import { qualified } from '../schema/qualified.ts'

/** The tables that number their rows, and the column that has the number. */
function numberedTables(): readonly (readonly [table: string, column: string])[] {
  return Object.entries(TABLES).flatMap(([table, { columns }]) =>
    Object.entries(columns)
      .filter(([, spec]) => spec === 'sequence')
      .map(([column]) => [table, column] as const),
  )
}

/**
 * Has the target number on from where the source is: numbers that rows of the source had once, though
 * they are gone, are not given again.
 */
export async function moveSequences(
  source: MigrationContext,
  target: MigrationContext,
  options: CallOptions,
): Promise<void> {
  for (const [table, column] of numberedTables()) {
    const last = Math.max(
      await lastNumber(source, table, { column, options }),
      await lastNumber(target, table, { column, options }),
    )
    if (last > 0) await setNumber(target, table, { column, last, options })
  }
}

interface NumberedColumn {
  readonly column: string
  readonly options: CallOptions
}

async function lastNumber(
  { session, traits }: MigrationContext,
  table: string,
  { column, options }: NumberedColumn,
): Promise<number> {
  return session.read(async ({ database }) => {
    const { rows } = traits.supportsSequences
      ? await sql<{ last: number }>`select case when is_called then last_value else 0 end as last
          from ${qualified(traits.schema, `${table}_${column}`)}`.execute(database)
      : await sql<{
          last: number
        }>`select seq as last from sqlite_sequence where name = ${table}`.execute(database)
    return rows[0]?.last ?? 0
  }, options)
}

async function setNumber(
  { session, traits }: MigrationContext,
  table: string,
  { column, last, options }: NumberedColumn & { readonly last: number },
): Promise<void> {
  await session.write(async ({ database }) => {
    if (traits.supportsSequences) {
      const path = traits.schema === undefined ? [] : [traits.schema]
      const name = [...path, `${table}_${column}`]
        .map((part) => `"${part.replaceAll('"', '""')}"`)
        .join('.')
      await sql`select setval(${sql.lit(name)}, ${sql.lit(last)})`.execute(database)
      return
    }
    await sql`delete from sqlite_sequence where name = ${table}`.execute(database)
    await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(database)
  }, options)
}
