import { NO_TALLY, experienceCellOf } from '@imrs/core'
import type { CreditedAnswer, ExperienceSums, UserExperience, UserTally } from '@imrs/core'
import { sql } from 'kysely'

import { fromExperienceUserRow, toExperienceUserRow } from '../rows/feedback-row.ts'
import type { ExperienceUserRow } from '../schema/database.ts'
import { excluded } from '../session/excluded.ts'
import type { StoreWork } from '../session/store-session.ts'

/** An answer, and the epoch of its model that it counts in. */
export interface CountedAnswer {
  readonly answer: CreditedAnswer
  readonly epoch: number
}

const KEY = ['tenant_id', 'agent_id', 'task_type', 'model_id', 'month', 'epoch', 'user_id'] as const

const TALLY = ['rating_count', 'rating_sum', 'rating_sum_of_squares', 'weight_milli'] as const

/**
 * What the ratings of the answer's user in the agent's cell come to, held until the transaction ends:
 * of many ratings at once, each is weighed after the others.
 */
export async function lockTally(work: StoreWork, counted: CountedAnswer): Promise<UserTally> {
  const user = toExperienceUserRow(userOf(counted, NO_TALLY))
  const row = work.traits.supportsRowLocks
    ? await lockedRow(work, user)
    : await storedRow(work, user)
  return row === undefined ? NO_TALLY : fromExperienceUserRow(row).tally
}

export async function putTally(
  { database }: StoreWork,
  counted: CountedAnswer,
  tally: UserTally,
): Promise<void> {
  await database
    .insertInto('experience_users')
    .values(toExperienceUserRow(userOf(counted, tally)))
    .onConflict((conflict) => conflict.columns(KEY).doUpdateSet(excluded(TALLY)))
    .execute()
}

async function lockedRow(
  { database }: StoreWork,
  user: ExperienceUserRow,
): Promise<ExperienceUserRow> {
  return database
    .insertInto('experience_users')
    .values(user)
    .onConflict((conflict) =>
      conflict.columns(KEY).doUpdateSet({
        // An update that changes nothing locks the row, and so lets it be read.
        weight_milli: sql<number>`${sql.ref('experience_users.weight_milli')}`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow()
}

async function storedRow(
  { database }: StoreWork,
  user: ExperienceUserRow,
): Promise<ExperienceUserRow | undefined> {
  let query = database.selectFrom('experience_users').selectAll()
  for (const column of KEY) query = query.where(column, '=', user[column])
  return query.executeTakeFirst()
}

/** How many ratings are in the agent's cell, and what they weigh. */
export async function cellSums(
  { database }: StoreWork,
  { answer, epoch }: CountedAnswer,
): Promise<Pick<ExperienceSums, 'count' | 'weightMilli'>> {
  const cell = experienceCellOf(answer, { scope: 'agent', epoch })
  const row = await database
    .selectFrom('model_experience')
    .select(['rating_count', 'weight_milli'])
    .where('tenant_id', '=', cell.tenantId)
    .where('scope', '=', cell.scope)
    .where('agent_id', '=', cell.agentId)
    .where('task_type', '=', cell.taskType)
    .where('model_id', '=', cell.modelId)
    .where('month', '=', cell.month)
    .where('epoch', '=', cell.epoch)
    .executeTakeFirst()
  return { count: row?.rating_count ?? 0, weightMilli: row?.weight_milli ?? 0 }
}

function userOf({ answer, epoch }: CountedAnswer, tally: UserTally): UserExperience {
  const cell = experienceCellOf(answer, { scope: 'agent', epoch })
  return { cell, userId: answer.userId ?? '', tally }
}
