import { experienceCellsOf } from '@imrs/core'
import type { ExperienceSums } from '@imrs/core'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

import { toExperienceRow } from '../rows/feedback-row.ts'
import type { ExperienceRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'
import type { CountedAnswer } from './experience-users.ts'

const KEY = ['tenant_id', 'scope', 'agent_id', 'task_type', 'model_id', 'month', 'epoch'] as const

const SUMS = [
  'rating_count',
  'rating_sum',
  'rating_sum_of_squares',
  'weight_milli',
  'weighted_sum',
  'weighted_sum_of_squares',
] as const

/**
 * Adds what one answer's signals changed to the cell of every scope, in one statement. The scopes
 * come from the narrowest to the widest, so that all writers lock cells in the same order.
 */
export async function moveExperience(
  work: StoreWork,
  { answer, epoch }: CountedAnswer,
  change: ExperienceSums,
): Promise<void> {
  const cells = experienceCellsOf(answer, epoch)
  await addToCells(
    work,
    cells.map((cell) => toExperienceRow(cell, change)),
  )
}

/** Adds sums to cells, which are made where they are missing. */
export async function addToCells(
  { database }: StoreWork,
  rows: readonly ExperienceRow[],
): Promise<void> {
  // Every column of the list is a key.
  const sums = Object.fromEntries(SUMS.map((column) => [column, added(column)])) as Record<
    (typeof SUMS)[number],
    RawBuilder<number>
  >
  await database
    .insertInto('model_experience')
    .values(rows)
    .onConflict((conflict) => conflict.columns(KEY).doUpdateSet(sums))
    .execute()
}

function added(column: string): RawBuilder<number> {
  return sql<number>`${sql.ref(`model_experience.${column}`)} + excluded.${sql.ref(column)}`
}
