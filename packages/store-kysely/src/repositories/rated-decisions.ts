import { toRatingMilli } from '@imrs/core'
import type { RatedDecision, RatedDecisionQuery } from '@imrs/core'

import { toTime } from '../rows/columns.ts'
import { fromDecisionRow } from '../rows/decision-row.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreWork } from '../session/store-session.ts'

const DEFAULT_LIMIT = 500
const MAX_LIMIT = 1_000

/** Further than any message's id is from its decision. */
const DAY_MS = 86_400_000

/** Goes along the primary key, within the bounds that the times of message ids give. */
export async function listRated(
  { database }: StoreWork,
  ratedQuery: RatedDecisionQuery,
): Promise<readonly RatedDecision[]> {
  const { tenantId, agentId, strategyName, fromMs, toMs, after } = ratedQuery
  const { limit = DEFAULT_LIMIT } = ratedQuery
  assertCount('limit', limit, MAX_LIMIT)
  let query = database
    .selectFrom('routing_decisions as decision')
    .innerJoin('messages as message', (join) =>
      join
        .onRef('message.tenant_id', '=', 'decision.tenant_id')
        .onRef('message.id', '=', 'decision.message_id'),
    )
    .selectAll('decision')
    .select('message.rating as rating')
    .where('decision.tenant_id', '=', tenantId)
    .where('message.rating', 'is not', null)
  if (agentId !== undefined) query = query.where('decision.agent_id', '=', agentId)
  if (strategyName !== undefined) {
    query = query.where('decision.strategy_name', '=', strategyName)
  }
  if (fromMs !== undefined) {
    query = query
      .where('decision.decided_at', '>=', toTime(fromMs))
      .where('decision.message_id', '>=', firstIdAt(fromMs - DAY_MS))
      .where('message.id', '>=', firstIdAt(fromMs - DAY_MS))
  }
  if (toMs !== undefined) {
    query = query
      .where('decision.decided_at', '<', toTime(toMs))
      .where('decision.message_id', '<', firstIdAt(toMs + DAY_MS))
      .where('message.id', '<', firstIdAt(toMs + DAY_MS))
  }
  if (after !== undefined) {
    query = query.where((given) =>
      given(
        given.refTuple('decision.message_id', 'decision.id'),
        '>',
        given.tuple(after.messageId, after.id),
      ),
    )
  }
  const rows = await query
    .orderBy('decision.message_id')
    .orderBy('decision.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    decision: fromDecisionRow(row),
    // The condition leaves no row without one.
    ratingMilli: toRatingMilli(row.rating ?? 0),
  }))
}

/** What every UUIDv7 of this millisecond or later is not below. */
function firstIdAt(atMs: number): string {
  const hex = Math.max(0, Math.floor(atMs)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}`
}
