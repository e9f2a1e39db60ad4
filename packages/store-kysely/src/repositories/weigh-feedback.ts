import {
  DEFAULT_MAX_USER_SHARE_MILLI,
  experienceCellOf,
  feedbackWeightMilli,
  learnedFeedback,
} from '@imrs/core'
import type {
  CreditedAnswer,
  FeedbackEvent,
  MessageRecord,
  RecordFeedbackOptions,
  StoredFeedbackEvent,
} from '@imrs/core'
import { sql } from 'kysely'
import type { Insertable } from 'kysely'

import type { UserWeightRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'

/** An answer, and the epoch of its model that it counts in. */
export interface CountedAnswer {
  readonly answer: CreditedAnswer
  readonly epoch: number
}

/** One more event of a message. */
export interface Weighing {
  readonly message: MessageRecord
  readonly before: readonly StoredFeedbackEvent[]
  readonly event: FeedbackEvent
  readonly epoch: number
  readonly options: RecordFeedbackOptions
}

const USER_KEY = [
  'tenant_id',
  'agent_id',
  'task_type',
  'model_id',
  'month',
  'epoch',
  'user_id',
] as const

/**
 * What the answer's rating weighs once the event is there. It stays while the rating that is learned
 * from stays the same; otherwise it is decided anew, against all that is in the cell but this answer.
 */
export async function weighFeedback(
  work: StoreWork,
  { message, before, event, epoch, options }: Weighing,
): Promise<number> {
  const newest = { ...event, seq: Number.MAX_SAFE_INTEGER, epoch, weightMilli: 0 }
  const last = learnedFeedback(before)
  const next = learnedFeedback([...before, newest])
  if (next === undefined) return 0
  const ownMilli = last === undefined ? 0 : (before.at(-1)?.weightMilli ?? 0)
  if (next.ratingMilli === last?.ratingMilli) return ownMilli
  const counted = { answer: message, epoch }
  const userWeightMilli = await lockUserWeight(work, counted)
  return feedbackWeightMilli({
    userWeightMilli: userWeightMilli - ownMilli,
    cellWeightMilli: (await cellWeight(work, counted)) - ownMilli,
    maxUserShareMilli: options.maxUserShareMilli ?? DEFAULT_MAX_USER_SHARE_MILLI,
  })
}

/** Adds to what a user weighs in the agent's cell. */
export async function addUserWeight(
  { database }: StoreWork,
  counted: CountedAnswer,
  weightMilli: number,
): Promise<void> {
  if (weightMilli === 0) return
  await database
    .insertInto('experience_user_weights')
    .values({ ...userRow(counted), weight_milli: weightMilli })
    .onConflict((conflict) =>
      conflict.columns(USER_KEY).doUpdateSet({
        weight_milli: sql<number>`${sql.ref('experience_user_weights.weight_milli')} + excluded.weight_milli`,
      }),
    )
    .execute()
}

/** Held until the transaction ends: many ratings at once do not each find room for themselves. */
async function lockUserWeight({ database }: StoreWork, counted: CountedAnswer): Promise<number> {
  const { weight_milli: weightMilli } = await database
    .insertInto('experience_user_weights')
    .values({ ...userRow(counted), weight_milli: 0 })
    .onConflict((conflict) =>
      conflict.columns(USER_KEY).doUpdateSet({
        weight_milli: sql<number>`${sql.ref('experience_user_weights.weight_milli')}`,
      }),
    )
    .returning('weight_milli')
    .executeTakeFirstOrThrow()
  return weightMilli
}

async function cellWeight(
  { database }: StoreWork,
  { answer, epoch }: CountedAnswer,
): Promise<number> {
  const cell = experienceCellOf(answer, { scope: 'agent', epoch })
  const row = await database
    .selectFrom('model_experience')
    .select('weight_milli')
    .where('tenant_id', '=', cell.tenantId)
    .where('scope', '=', cell.scope)
    .where('agent_id', '=', cell.agentId)
    .where('task_type', '=', cell.taskType)
    .where('model_id', '=', cell.modelId)
    .where('month', '=', cell.month)
    .where('epoch', '=', cell.epoch)
    .executeTakeFirst()
  return row?.weight_milli ?? 0
}

function userRow({
  answer,
  epoch,
}: CountedAnswer): Omit<Insertable<UserWeightRow>, 'weight_milli'> {
  const cell = experienceCellOf(answer, { scope: 'agent', epoch })
  return {
    tenant_id: cell.tenantId,
    agent_id: cell.agentId,
    task_type: cell.taskType,
    model_id: cell.modelId,
    month: cell.month,
    epoch: cell.epoch,
    user_id: answer.userId ?? '',
  }
}
