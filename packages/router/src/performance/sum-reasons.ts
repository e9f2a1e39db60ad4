import { DEFAULT_TENANT_ID, ImrsError, assertHostId, assertTime } from '@imrs/core'
import type { CallOptions, ReasonQuery, ReasonSum, Runtime, Store } from '@imrs/core'

import type { RatingReasonQuery } from './performance-api.ts'

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 30
const MOST_DAYS = 366

export interface SumReasonsOptions {
  readonly store: Pick<Store, 'performance'>
  readonly runtime: Pick<Runtime, 'now'>
}

/** Why answers were rated as they were, the most frequent reasons first. */
export async function sumReasons(
  { store, runtime }: SumReasonsOptions,
  query: RatingReasonQuery,
  call?: CallOptions,
): Promise<readonly ReasonSum[]> {
  const sums = await store.performance.sumReasons(toReasonQuery(query, runtime.now()), call)
  return Object.freeze(sums.toSorted(compare))
}

/** @throws ImrsError `invalid-request` that names the field. */
function toReasonQuery(query: RatingReasonQuery, nowMs: number): ReasonQuery {
  const { tenantId = DEFAULT_TENANT_ID, agentId, modelId, taskType } = query
  assertHostId('tenantId', tenantId)
  if (agentId !== undefined) assertHostId('agentId', agentId)
  // Now is a part of it.
  const { toMs = nowMs + 1 } = query
  assertTime('toMs', toMs)
  const { fromMs = Math.max(0, toMs - DEFAULT_DAYS * DAY_MS) } = query
  assertTime('fromMs', fromMs)
  if (fromMs >= toMs) {
    throw refuse('toMs', `must be after \`fromMs\`; they are ${toMs} and ${fromMs}`)
  }
  if (toMs - fromMs > MOST_DAYS * DAY_MS) {
    throw refuse('fromMs', `must be at most ${MOST_DAYS} days before \`toMs\``)
  }
  return { tenantId, agentId, modelId, taskType, fromMs, toMs }
}

function refuse(field: string, rule: string): ImrsError {
  return new ImrsError('invalid-request', `\`${field}\` ${rule}`, { field })
}

/** The most frequent first, then by name. */
function compare(left: ReasonSum, right: ReasonSum): number {
  return (
    right.good + right.bad - (left.good + left.bad) ||
    compareText(left.modelId, right.modelId) ||
    compareText(left.reason, right.reason)
  )
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
