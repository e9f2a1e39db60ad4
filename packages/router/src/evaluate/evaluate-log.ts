import type { CallOptions, Model, RatedDecision, RatedDecisionQuery, Store } from '@imrs/core'
import {
  DEFAULT_TENANT_ID,
  ImrsError,
  assertHostId,
  assertTime,
  blendedPrice,
  toCapabilityMask,
} from '@imrs/core'
import { evaluateStrategies } from '@imrs/feedback'
import type { CandidateFacts, EvaluationReport } from '@imrs/feedback'

import { cacheSaving } from '../snapshot/build-table.ts'
import type { EvaluateQuery } from './evaluate-query.ts'

type EvaluatedStore = Pick<Store, 'ledger' | 'models'>

const PAGE_SIZE = 500

/**
 * Says what strategies would have earned on a store's rated requests. Decisions keep no prices:
 * strategies see those that the catalogue has now.
 *
 * @throws ImrsError `invalid-request` for a wrong query; `store-unavailable`.
 */
export async function evaluateLog(
  store: EvaluatedStore,
  query: EvaluateQuery,
  options?: CallOptions,
): Promise<readonly EvaluationReport[]> {
  const { strategies, draws, loggedBy } = query
  if (strategies.length === 0) throw refuse('strategies', 'must name at least one', '[]')
  const facts = new Map<string, CandidateFacts | undefined>()
  return evaluateStrategies({
    strategies,
    draws,
    loggedBy,
    decisions: readDecisions({ store, query: toRatedQuery(query), facts, options }),
    factsOf: (modelId) => facts.get(modelId),
    signal: options?.signal,
  })
}

function toRatedQuery(query: EvaluateQuery): RatedDecisionQuery {
  const { tenantId = DEFAULT_TENANT_ID, agentId, loggedBy, fromMs, toMs } = query
  assertHostId('tenantId', tenantId)
  if (agentId !== undefined) assertHostId('agentId', agentId)
  if (loggedBy === '') throw refuse('loggedBy', 'must be the name of a strategy', '""')
  assertTime('fromMs', fromMs)
  assertTime('toMs', toMs)
  return { tenantId, agentId, strategyName: loggedBy, fromMs, toMs, limit: PAGE_SIZE }
}

function refuse(field: string, rule: string, value: string): ImrsError {
  return new ImrsError('invalid-request', `\`${field}\` ${rule}, got ${value}`, { field })
}

interface DecisionSource {
  readonly store: EvaluatedStore
  readonly query: RatedDecisionQuery
  /** Filled, before a decision is given out, for all of its candidates. */
  readonly facts: Map<string, CandidateFacts | undefined>
  readonly options: CallOptions | undefined
}

async function* readDecisions(source: DecisionSource): AsyncGenerator<RatedDecision> {
  const { store, query, options } = source
  let after: RatedDecisionQuery['after']
  for (;;) {
    const page = await store.ledger.listRated({ ...query, after }, options)
    await learnFacts(source, page)
    yield* page
    after = page.at(-1)?.decision
    if (page.length < PAGE_SIZE) return
  }
}

async function learnFacts(
  { store, facts, options }: DecisionSource,
  page: readonly RatedDecision[],
): Promise<void> {
  const named = page.flatMap(({ decision }) => decision.candidates.map(({ modelId }) => modelId))
  const modelIds = [...new Set(named)].filter((modelId) => !facts.has(modelId))
  if (modelIds.length === 0) return
  for (const modelId of modelIds) facts.set(modelId, undefined)
  for (const model of await store.models.listRoutable({ modelIds }, options)) {
    facts.set(model.id, toFacts(model))
  }
}

function toFacts(model: Model): CandidateFacts {
  return {
    capabilities: toCapabilityMask(model.capabilities),
    price: blendedPrice(model.pricing),
    contextLength: model.contextLength,
    cacheSaving: cacheSaving(model),
    createdAtMs: model.createdAtMs,
  }
}
