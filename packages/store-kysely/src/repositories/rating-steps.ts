import { NO_TALLY, experienceCellOf } from '@imrs/core'
import type { ExperienceSums, FeedbackOutcome, MessageRecord, UserTally } from '@imrs/core'
import { sql } from 'kysely'
import type { CompiledQuery, Selectable } from 'kysely'

import type { StatementSteps } from '../dialect-traits.ts'
import {
  fromExperienceUserRow,
  fromFeedbackRow,
  toExperienceUserRow,
} from '../rows/feedback-row.ts'
import { fromMessageRow } from '../rows/message-row.ts'
import type {
  ExperienceUserRow,
  FeedbackEventRow,
  MessageRow,
  ModelDriftRow,
} from '../schema/database.ts'
import { qualified } from '../schema/qualified.ts'
import type { StatementTexts } from '../session/statement-texts.ts'
import type { StoreWork } from '../session/store-session.ts'
import { judgeRating, refusalOf } from './judge-rating.ts'
import type { GivenRating, RatingStanding, StandingDrift } from './judge-rating.ts'
import { writeSteps } from './rating-writes.ts'
import { USER_KEY } from './user-key.ts'

/** What the statements of a signal are made with. */
export interface RatingContext {
  readonly work: StoreWork
  readonly texts: StatementTexts
}

type Reads<T> = Generator<CompiledQuery, T, readonly unknown[]>

/**
 * Takes one signal, in a write transaction, and tells what came of it. Locks message, user, alarm,
 * cells and versions in this order, where rows are locked.
 */
export function* ratingSteps(
  context: RatingContext,
  given: GivenRating,
  tell: (outcome: FeedbackOutcome) => void,
): StatementSteps {
  const standing = yield* readStanding(context, given)
  const refusal = refusalOf(given, standing)
  if (refusal !== undefined || standing === undefined) return tell(refusal ?? NOT_FOUND)
  const writes = judgeRating(given, yield* readSums(context, given, standing))
  tell(writes.outcome(yield* writeSteps(context, writes)))
}

const NOT_FOUND: FeedbackOutcome = Object.freeze({ kind: 'not-found' })

type Found = Omit<RatingStanding, 'tally' | 'cell'>

function* readStanding(
  context: RatingContext,
  { event: { tenantId, messageId } }: GivenRating,
): Reads<Found | undefined> {
  const { work, texts } = context
  const key = [tenantId, messageId]
  const messages = yield texts.of('message', [...key, 'assistant'], () => {
    const query = work.database
      .selectFrom('messages')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('id', '=', messageId)
      .where('role', '=', 'assistant')
    return work.traits.supportsRowLocks ? query.forUpdate() : query
  })
  // The columns of the table.
  const [row] = messages as readonly MessageRow[]
  if (row === undefined) return undefined
  const message = fromMessageRow(row)
  const events = yield texts.of('events', key, () =>
    work.database
      .selectFrom('feedback_events')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('message_id', '=', messageId)
      .orderBy('seq'),
  )
  // The columns of the table.
  const before = (events as readonly Selectable<FeedbackEventRow>[]).map(fromFeedbackRow)
  const { closedBefore, drift } = yield* readBounds(context, message)
  const epoch = before[0]?.epoch ?? drift?.epoch ?? 0
  return { message, before, epoch, drift, closedBefore }
}

function* readBounds(
  { work, texts }: RatingContext,
  { tenantId, agentId, model }: MessageRecord,
): Reads<Pick<Found, 'closedBefore' | 'drift'>> {
  const rows = yield texts.of('bounds', [tenantId, agentId, model, tenantId], () => {
    const [drift, bounds] = ['model_drift', 'experience_bounds'].map((name) =>
      qualified(work.traits.schema, name),
    )
    const query = sql`select drift.*, bound.before_id from (select 1 as one) as one
      left join ${drift} as drift on drift.tenant_id = ${tenantId}
        and drift.agent_id = ${agentId} and drift.model_id = ${model}
      left join ${bounds} as bound on bound.tenant_id = ${tenantId}`
    return { compile: () => query.compile(work.database) }
  })
  // One row always: the columns of the one table, if there is a row, and of the other.
  const [row] = rows as readonly (Nullable<ModelDriftRow> & { readonly before_id: string | null })[]
  return { closedBefore: row?.before_id ?? '', drift: row && driftOf(row) }
}

type Nullable<Row> = { readonly [Column in keyof Row]: Row[Column] | null }

function driftOf(row: Nullable<ModelDriftRow>): StandingDrift | undefined {
  const { epoch, drift_sum: sum, residual_sum: residual, rating_count: ratings } = row
  if (epoch === null || sum === null || residual === null || ratings === null) return undefined
  return { epoch, state: { sum, residual, ratings } }
}

function* readSums(
  context: RatingContext,
  { options }: GivenRating,
  found: Found,
): Reads<RatingStanding> {
  const tally = yield* readTally(context, found)
  const isMoved = context.work.traits.supportsRowLocks && options.watch !== undefined
  const drift = isMoved ? yield* lockDrift(context, found.message) : found.drift
  return { ...found, drift, tally, cell: yield* readCell(context, found) }
}

/** Held until the transaction ends: of many ratings at once, each is weighed after the others. */
function* readTally({ work, texts }: RatingContext, { message, epoch }: Found): Reads<UserTally> {
  const cell = experienceCellOf(message, { scope: 'agent', epoch })
  const user = toExperienceUserRow({ cell, userId: message.userId ?? '', tally: NO_TALLY })
  const key = USER_KEY.map((column) => user[column])
  const rows = work.traits.supportsRowLocks
    ? yield texts.of('lock tally', Object.values(user), () =>
        work.database
          .insertInto('experience_users')
          .values(user)
          .onConflict((conflict) =>
            conflict.columns(USER_KEY).doUpdateSet({
              // An update that changes nothing locks the row, and so lets it be read.
              weight_milli: sql<number>`${sql.ref('experience_users.weight_milli')}`,
            }),
          )
          .returningAll(),
      )
    : yield texts.of('tally', key, () => {
        let query = work.database.selectFrom('experience_users').selectAll()
        for (const column of USER_KEY) query = query.where(column, '=', user[column])
        return query
      })
  // The columns of the table.
  const [row] = rows as readonly ExperienceUserRow[]
  return row === undefined ? NO_TALLY : fromExperienceUserRow(row).tally
}

/** Held until the transaction ends: of two ratings at once, one is judged after the other. */
function* lockDrift(
  { work, texts }: RatingContext,
  { tenantId, agentId, model }: MessageRecord,
): Reads<StandingDrift | undefined> {
  const row: ModelDriftRow = {
    tenant_id: tenantId,
    agent_id: agentId,
    model_id: model,
    epoch: 0,
    drift_sum: 0,
    residual_sum: 0,
    rating_count: 0,
  }
  const rows = yield texts.of('lock drift', Object.values(row), () =>
    work.database
      .insertInto('model_drift')
      .values(row)
      .onConflict((conflict) =>
        conflict
          .columns(['tenant_id', 'agent_id', 'model_id'])
          .doUpdateSet({ epoch: sql<number>`${sql.ref('model_drift.epoch')}` }),
      )
      .returningAll(),
  )
  // The columns of the table.
  const [locked] = rows as readonly ModelDriftRow[]
  return locked && driftOf(locked)
}

/** How many ratings are in the agent's cell, and what they weigh. */
function* readCell(
  { work, texts }: RatingContext,
  { message, epoch }: Found,
): Reads<Pick<ExperienceSums, 'count' | 'weightMilli'>> {
  const cell = experienceCellOf(message, { scope: 'agent', epoch })
  const { tenantId, agentId, taskType, modelId, month } = cell
  const key = [tenantId, 'agent', agentId, taskType, modelId, month, epoch]
  const rows = yield texts.of('cell', key, () =>
    work.database
      .selectFrom('model_experience')
      .select(['rating_count', 'weight_milli'])
      .where('tenant_id', '=', tenantId)
      .where('scope', '=', 'agent')
      .where('agent_id', '=', agentId)
      .where('task_type', '=', taskType)
      .where('model_id', '=', modelId)
      .where('month', '=', month)
      .where('epoch', '=', epoch),
  )
  // The columns that are selected.
  const [row] = rows as readonly { readonly rating_count: number; readonly weight_milli: number }[]
  return { count: row?.rating_count ?? 0, weightMilli: row?.weight_milli ?? 0 }
}
