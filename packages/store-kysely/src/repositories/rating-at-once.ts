import { NO_TALLY } from '@imrs/core'
import type { FeedbackOutcome, FeedbackReason, UserTally } from '@imrs/core'
import { sql } from 'kysely'
import type { Selectable } from 'kysely'

import { fromJsonArray, fromJsonObject, toJson } from '../rows/columns.ts'
import { fromExperienceUserRow, fromFeedbackRow } from '../rows/feedback-row.ts'
import { fromMessageRow } from '../rows/message-row.ts'
import type {
  ExperienceUserRow,
  FeedbackEventRow,
  JsonText,
  MessageRow,
  ModelDriftRow,
} from '../schema/database.ts'
import { qualified } from '../schema/qualified.ts'
import type { Lanes } from '../session/lanes.ts'
import { experienceLock } from './feedback-events.ts'
import { judgeRating, refusalOf } from './judge-rating.ts'
import type { GivenRating, RatingStanding, RatingWrites } from './judge-rating.ts'
import type { RatingContext } from './rating-steps.ts'

/** What signals are taken with that way. */
export interface AtOnceContext extends RatingContext {
  readonly lanes: Lanes
}

/** After so many others were quicker, the signal waits for its turn in the database. */
const MAX_TRIES = 3

/**
 * Takes a signal in two round trips, holding no lock between them: reads what is there, decides, and
 * writes if it is there still. `undefined` when others were quicker each time.
 */
export async function recordAtOnce(
  context: AtOnceContext,
  given: GivenRating,
): Promise<FeedbackOutcome | undefined> {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    context.work.check()
    const judged = await readAndJudge(context, given)
    if ('kind' in judged) return judged
    const { drift } = judged
    const outcome =
      drift === undefined
        ? await writeIfStill(context, judged)
        : await context.lanes.run(JSON.stringify(Object.values(drift.after).slice(0, 3)), (late) =>
            late ? readAndWrite(context, given) : writeIfStill(context, judged),
          )
    if (outcome !== undefined) return outcome
  }
  return undefined
}

/** Ratings of one model move one alarm: those of this process do it in turn instead of getting in each other's way. */
async function readAndWrite(
  context: AtOnceContext,
  given: GivenRating,
): Promise<FeedbackOutcome | undefined> {
  context.work.check()
  const judged = await readAndJudge(context, given)
  return 'kind' in judged ? judged : writeIfStill(context, judged)
}

async function readAndJudge(
  context: AtOnceContext,
  given: GivenRating,
): Promise<FeedbackOutcome | RatingWrites> {
  const standing = await readStanding(context, given)
  const refusal = refusalOf(given, standing)
  if (refusal !== undefined) return refusal
  return standing === undefined ? { kind: 'not-found' } : judgeRating(given, standing)
}

/** A row as JSON: what is JSON in it is not text. */
type EventJson = Omit<Selectable<FeedbackEventRow>, 'reasons'> & {
  readonly reasons: readonly FeedbackReason[] | null
}

/** What `imrs_rating_standing` gives of a message. */
interface StandingJson {
  readonly before: readonly EventJson[]
  readonly closedBefore: string
  readonly epoch: number
  readonly drift: ModelDriftRow | null
  readonly tallied: ExperienceUserRow | null
  readonly count: number
  readonly weightMilli: number
}

async function readStanding(
  { work: { database, traits }, texts }: AtOnceContext,
  { event: { tenantId, messageId } }: GivenRating,
): Promise<RatingStanding | undefined> {
  const statement = texts.of('standing', [tenantId, messageId], () => {
    const messages = qualified(traits.schema, 'messages')
    const standingOf = qualified(traits.schema, 'imrs_rating_standing')
    const query = sql`select message.*, ${standingOf}(message) as standing from ${messages} as message
      where message.tenant_id = ${tenantId} and message.id = ${messageId}
        and message.role = 'assistant'`
    return { compile: () => query.compile(database) }
  })
  const { rows } = await database.executeQuery(statement)
  // The columns of the table, and one that is named above.
  const [row] = rows as (MessageRow & { readonly standing: JsonText })[]
  if (row === undefined) return undefined
  const { standing: text, ...columns } = row
  const found = fromJsonObject<StandingJson>(text)
  const { closedBefore, epoch, drift, count, weightMilli } = found
  return {
    message: fromMessageRow(columns),
    before: found.before.map((row) =>
      fromFeedbackRow({ ...row, reasons: row.reasons === null ? null : toJson(row.reasons) }),
    ),
    closedBefore,
    epoch,
    drift: drift === null ? undefined : { epoch: drift.epoch, state: stateOf(drift) },
    tally: tallyOf(found.tallied),
    cell: { count, weightMilli },
  }
}

function stateOf({ drift_sum: sum, residual_sum: residual, rating_count: ratings }: ModelDriftRow) {
  return { sum, residual, ratings }
}

function tallyOf(row: ExperienceUserRow | null): UserTally {
  return row === null ? NO_TALLY : fromExperienceUserRow(row).tally
}

/** One statement, a transaction of its own. `undefined` when something was otherwise; nothing was written then. */
async function writeIfStill(
  { work: { database, traits }, texts }: AtOnceContext,
  writes: RatingWrites,
): Promise<FeedbackOutcome | undefined> {
  const statement = texts.of('record', [toWritesJson(writes)], () => {
    const record = qualified(traits.schema, 'imrs_record_rating')
    const query = sql`select ${record}(${''}) as version`
    return { compile: () => query.compile(database) }
  })
  try {
    const { rows } = await database.executeQuery(statement)
    // The one column that is named above.
    const [row] = rows as { readonly version: number | null }[]
    return typeof row?.version === 'number' ? writes.outcome(row.version) : undefined
  } catch (error) {
    if (traits.classify(error) !== 'retry') throw error
    return undefined
  }
}

/** What `imrs_record_rating` takes. */
function toWritesJson({ standing, outcome: _outcome, event, ...writes }: RatingWrites): JsonText {
  return toJson({
    ...writes,
    event: {
      ...event,
      reasons: typeof event.reasons === 'string' ? fromJsonArray(event.reasons) : null,
    },
    lock: experienceLock(standing.message.tenantId),
    beforeCount: standing.before.length,
    closedBefore: standing.closedBefore,
    outbox: writes.outbox.map((row) => ({ ...row, payload: fromJsonObject(row.payload) })),
  })
}
