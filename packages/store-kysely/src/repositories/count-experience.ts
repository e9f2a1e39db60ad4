import { ExperienceTotals } from '@imrs/core'
import type { CreditedAnswer, StoredFeedbackEvent } from '@imrs/core'

import { fromTime } from '../rows/columns.ts'
import { fromExperienceRow, fromExperienceUserRow, fromFeedbackRow } from '../rows/feedback-row.ts'
import type { StoreWork } from '../session/store-session.ts'

/** A checkpoint of a cell holds the plain sums alone; the others follow from its users. */
const UNWEIGHTED = { weight_milli: 0, weighted_sum: 0, weighted_sum_of_squares: 0 } as const

/** Events read at a time. */
const PAGE = 2000

/** Experience of one tenant counted anew. */
export interface CountedExperience {
  readonly totals: ExperienceTotals
  readonly events: number
  /** Messages with smaller ids are in the checkpoint; empty where there is none. */
  readonly closedBefore: string
}

interface CountRequest {
  readonly tenantId: string
  /** Messages from this id on are left out. Default: none. */
  readonly upTo?: string | undefined
}

interface EventOfAnswer {
  readonly event: StoredFeedbackEvent
  readonly answer: CreditedAnswer
}

/** Adds up the checkpoint and the events after it, message by message. */
export async function countExperience(
  work: StoreWork,
  { tenantId, upTo }: CountRequest,
): Promise<CountedExperience> {
  const totals = new ExperienceTotals()
  const closedBefore = await boundOf(work, tenantId)
  await addCheckpoint(work, tenantId, totals)
  let events = 0
  let current: EventOfAnswer[] = []
  const finish = (): void => {
    const [first] = current
    if (first !== undefined) {
      totals.addAnswer(
        first.answer,
        current.map(({ event }) => event),
      )
    }
    current = []
  }
  for await (const next of eventsAfter(work, { tenantId, from: closedBefore, upTo })) {
    if (current[0]?.event.messageId !== next.event.messageId) finish()
    current.push(next)
    events += 1
  }
  finish()
  return { totals, events, closedBefore }
}

/** Messages of the tenant with smaller ids are settled; empty where none is. */
export async function boundOf({ database }: StoreWork, tenantId: string): Promise<string> {
  const row = await database
    .selectFrom('experience_bounds')
    .select('before_id')
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst()
  return row?.before_id ?? ''
}

async function addCheckpoint(
  { database }: StoreWork,
  tenantId: string,
  totals: ExperienceTotals,
): Promise<void> {
  const cells = await database
    .selectFrom('experience_checkpoints')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .execute()
  for (const row of cells) {
    const cell = fromExperienceRow({ ...row, ...UNWEIGHTED, scope: 'agent' })
    totals.addPlain(cell, cell)
  }
  const users = await database
    .selectFrom('experience_user_checkpoints')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .execute()
  for (const row of users) totals.addUser(fromExperienceUserRow(row))
}

interface EventRange extends CountRequest {
  readonly from: string
}

/** By message, and within one in `seq` order. */
async function* eventsAfter(work: StoreWork, range: EventRange): AsyncGenerator<EventOfAnswer> {
  let last: StoredFeedbackEvent | undefined
  for (;;) {
    work.check()
    const page = await eventPage(work, range, last)
    yield* page
    last = page.at(-1)?.event
    if (page.length < PAGE) return
  }
}

async function eventPage(
  { database }: StoreWork,
  { tenantId, from, upTo }: EventRange,
  last: StoredFeedbackEvent | undefined,
): Promise<readonly EventOfAnswer[]> {
  let query = database
    .selectFrom('feedback_events as event')
    .innerJoin('messages as message', (join) =>
      join
        .onRef('message.id', '=', 'event.message_id')
        .onRef('message.tenant_id', '=', 'event.tenant_id'),
    )
    .selectAll('event')
    .select([
      'message.agent_id',
      'message.credited_task_type',
      'message.model',
      'message.created_at',
    ])
    .where('event.tenant_id', '=', tenantId)
    .where('event.message_id', '>=', last?.messageId ?? from)
  if (upTo !== undefined) query = query.where('event.message_id', '<', upTo)
  if (last !== undefined) {
    query = query.where((where) =>
      where.or([where('event.message_id', '>', last.messageId), where('event.seq', '>', last.seq)]),
    )
  }
  const rows = await query.orderBy('event.message_id').orderBy('event.seq').limit(PAGE).execute()
  return rows.map((row) => ({
    event: fromFeedbackRow(row),
    answer: {
      tenantId,
      agentId: row.agent_id,
      userId: row.user_id,
      creditedTaskType: row.credited_task_type,
      model: row.model,
      createdAtMs: fromTime(row.created_at),
    },
  }))
}
