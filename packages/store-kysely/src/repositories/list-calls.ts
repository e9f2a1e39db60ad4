import type { CallPage, CallPlace, CallQuery } from '@imrs/core'
import type { SelectQueryBuilder } from 'kysely'

import { fromAttemptRow } from '../rows/attempt-row.ts'
import { fromTime, toTime } from '../rows/columns.ts'
import type { Database } from '../schema/database.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreWork } from '../session/store-session.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000
/** Calls that are looked at for one page of few among many. */
const MOST_SEEN = 2_000

/**
 * Goes back in time along the index of a tenant's calls. Of what only some of them fit, so many are looked
 * at and no more: the page ends where that was.
 */
export async function listCalls(work: StoreWork, query: CallQuery): Promise<CallPage> {
  const { agentId, userId, modelId, limit = DEFAULT_LIMIT } = query
  assertCount('limit', limit, MAX_LIMIT)
  const filters = { agent_id: agentId, user_id: userId, model_id: modelId }
  const isOfAll = Object.values(filters).every((value) => value === undefined)
  const edge = isOfAll ? undefined : await placeAfter(work, query, MOST_SEEN)
  let calls = inOrder(work, query).selectAll()
  for (const [column, value] of Object.entries(filters)) {
    // The keys are columns.
    if (value !== undefined) calls = calls.where(column as keyof typeof filters, '=', value)
  }
  if (edge !== undefined) {
    const startedAt = toTime(edge.startedAtMs)
    calls = calls
      .where('started_at', '>=', startedAt)
      .where((given) => given.or([given('started_at', '>', startedAt), given('id', '>=', edge.id)]))
  }
  const rows = await calls.limit(limit + 1).execute()
  const items = rows.slice(0, limit).map(fromAttemptRow)
  const next = rows.length > limit ? items.at(-1) : edge
  if (next === undefined) return { items }
  return { items, next: { startedAtMs: next.startedAtMs, id: next.id } }
}

/** The last of so many calls, if there are any after it. */
async function placeAfter(
  work: StoreWork,
  query: CallQuery,
  count: number,
): Promise<CallPlace | undefined> {
  const rows = await inOrder(work, query)
    .select(['started_at', 'id'])
    .offset(count - 1)
    .limit(2)
    .execute()
  const [last, following] = rows
  if (last === undefined || following === undefined) return undefined
  return { startedAtMs: fromTime(last.started_at), id: last.id }
}

type Calls = SelectQueryBuilder<Database, 'attempts', Record<never, never>>

/** The calls of the period, whatever else they are of, newest first. */
function inOrder(
  { database }: StoreWork,
  { tenantId, fromMs, toMs, after }: Pick<CallQuery, 'tenantId' | 'fromMs' | 'toMs' | 'after'>,
): Calls {
  let calls = database.selectFrom('attempts').where('tenant_id', '=', tenantId)
  if (fromMs !== undefined) calls = calls.where('started_at', '>=', toTime(fromMs))
  if (toMs !== undefined) calls = calls.where('started_at', '<', toTime(toMs))
  if (after !== undefined) {
    const startedAt = toTime(after.startedAtMs)
    calls = calls
      .where('started_at', '<=', startedAt)
      .where((given) => given.or([given('started_at', '<', startedAt), given('id', '<', after.id)]))
  }
  return calls.orderBy('started_at', 'desc').orderBy('id', 'desc')
}
