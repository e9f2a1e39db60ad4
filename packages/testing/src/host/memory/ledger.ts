import type {
  CallPage,
  CallPlace,
  CallQuery,
  Decision,
  LedgerRepository,
  RatedDecision,
  RatedDecisionQuery,
} from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { settleReservations } from './budgets.ts'
import { frozenCopy } from './frozen-copy.ts'
import { begin, keyOf } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { countFigures } from './performance.ts'
import { compareText } from './text-order.ts'

export function memoryLedger(data: MemoryData): LedgerRepository {
  return {
    append: async (batch, options) => {
      begin(data, options)
      for (const decision of batch.decisions) addNew(data.decisions, decision)
      const added = batch.attempts.filter((attempt) => addNew(data.attempts, attempt))
      for (const message of batch.messages) addNew(data.messages, message)
      countFigures(data, added)
      settleReservations(data, batch.settlements ?? [])
    },
    getDecision: async ({ tenantId, decisionId }, options) => {
      begin(data, options)
      return data.decisions.get(keyOf(tenantId, decisionId))
    },
    getMessage: async ({ tenantId, messageId }, options) => {
      begin(data, options)
      return data.messages.get(keyOf(tenantId, messageId))
    },
    listAttempts: async ({ tenantId, messageId }, options) => {
      begin(data, options)
      return [...data.attempts.values()]
        .filter((attempt) => attempt.tenantId === tenantId && attempt.messageId === messageId)
        .sort((left, right) => left.position - right.position || compareText(left.id, right.id))
    },
    listCalls: async (query, options) => {
      begin(data, options)
      return listCalls(data, query)
    },
    listRated: async (query, options) => {
      begin(data, options)
      return listRated(data, query)
    },
  }
}

const DEFAULT_LIMIT = 500
const MAX_LIMIT = 1_000

function listRated(
  data: MemoryData,
  { limit = DEFAULT_LIMIT, ...query }: RatedDecisionQuery,
): readonly RatedDecision[] {
  const { tenantId, agentId, strategyName, fromMs, toMs, after } = query
  assertCount('limit', limit, MAX_LIMIT)
  return [...data.decisions.values()]
    .filter(
      (decision) =>
        decision.tenantId === tenantId &&
        (agentId === undefined || decision.agentId === agentId) &&
        (strategyName === undefined || decision.strategy.name === strategyName) &&
        (fromMs === undefined || decision.atMs >= fromMs) &&
        (toMs === undefined || decision.atMs < toMs) &&
        (after === undefined || compareDecisions(decision, after) > 0),
    )
    .sort(compareDecisions)
    .flatMap((decision) => {
      const message = data.messages.get(keyOf(tenantId, decision.messageId))
      return message?.ratingMilli === undefined
        ? []
        : [{ decision, ratingMilli: message.ratingMilli }]
    })
    .slice(0, limit)
}

function listCalls(data: MemoryData, query: CallQuery): CallPage {
  const { tenantId, agentId, userId, modelId, after, limit = 100 } = query
  const { fromMs = -Infinity, toMs = Infinity } = query
  assertCount('limit', limit, MAX_LIMIT)
  const found = [...data.attempts.values()]
    .filter((call) => call.tenantId === tenantId)
    .filter((call) => call.agentId === (agentId ?? call.agentId))
    .filter((call) => call.userId === (userId ?? call.userId))
    .filter((call) => call.modelId === (modelId ?? call.modelId))
    .filter((call) => call.startedAtMs >= fromMs && call.startedAtMs < toMs)
    .filter((call) => after === undefined || compareCalls(call, after) > 0)
    .sort(compareCalls)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  if (last === undefined || found.length <= limit) return { items }
  return { items, next: { startedAtMs: last.startedAtMs, id: last.id } }
}

/** The newest first. */
function compareCalls(left: CallPlace, right: CallPlace): number {
  return right.startedAtMs - left.startedAtMs || compareText(right.id, left.id)
}

function compareDecisions(
  left: Pick<Decision, 'messageId' | 'id'>,
  right: Pick<Decision, 'messageId' | 'id'>,
): number {
  return compareText(left.messageId, right.messageId) || compareText(left.id, right.id)
}

function addNew<T extends { readonly tenantId: string; readonly id: string }>(
  table: Map<string, T>,
  row: T,
): boolean {
  const key = keyOf(row.tenantId, row.id)
  if (table.has(key)) return false
  table.set(key, frozenCopy(row))
  return true
}
