import { sql } from 'kysely'
import type { Compilable, Kysely, RawBuilder } from 'kysely'

import type { Database, ExperienceRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'

/** What tells cells apart. */
export const CELL_KEY = [
  'tenant_id',
  'scope',
  'agent_id',
  'task_type',
  'model_id',
  'month',
  'epoch',
] as const

/** What cells add up. */
export const CELL_SUMS = [
  'rating_count',
  'rating_sum',
  'rating_sum_of_squares',
  'weight_milli',
  'weighted_sum',
  'weighted_sum_of_squares',
] as const

/** Adds sums to cells, which are made where they are missing. */
export async function addToCells(
  { database }: StoreWork,
  rows: readonly ExperienceRow[],
): Promise<void> {
  await database.executeQuery(addedToCells(database, rows).compile())
}

/** The one statement of {@link addToCells}. */
export function addedToCells(
  database: Kysely<Database>,
  rows: readonly ExperienceRow[],
): Compilable {
  // Every column of the list is a key.
  const sums = Object.fromEntries(CELL_SUMS.map((column) => [column, added(column)])) as Record<
    (typeof CELL_SUMS)[number],
    RawBuilder<number>
  >
  return database
    .insertInto('model_experience')
    .values(rows)
    .onConflict((conflict) => conflict.columns(CELL_KEY).doUpdateSet(sums))
}

function added(column: string): RawBuilder<number> {
  return sql<number>`${sql.ref(`model_experience.${column}`)} + excluded.${sql.ref(column)}`
}
