import type {
  CandidateTable,
  ConversationInput,
  Decision,
  Model,
  RankedCandidate,
  Ranking,
  Strategy,
} from '@imrs/core'
import {
  NoCandidateError,
  STORED_CANDIDATES_LIMIT,
  fromCapabilityMask,
  seededRandom,
} from '@imrs/core'

import { findPreset } from '../presets/find-preset.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import type { DecisionInput } from './decision-input.ts'
import { describeExclusions } from './describe-exclusions.ts'
import { filterRows, withoutShunning } from './filter-rows.ts'
import type { FilteredRows } from './filter-rows.ts'

export interface Decided {
  readonly decision: Decision
  /** The models to try, best first. */
  readonly ranked: readonly Model[]
}

/** How many models of the ranking may be tried. */
const RANKED_LIMIT = 8

/**
 * Chooses a model. Pure: no clock, no chance but the seed, no waiting; the same three arguments give
 * the same decision on any machine.
 *
 * @throws NoCandidateError that says which filter removed how many; ImrsError `unknown-preset`.
 */
export function decide(snapshot: RoutingSnapshot, input: DecisionInput, seed: number): Decided {
  const filtered = filterRelaxed(snapshot, input)
  const { table } = snapshot
  const strategy = findPreset(snapshot, input)?.strategy ?? snapshot.strategy
  const experience = snapshot.experience.get(input.task.type)
  const ranking = strategy.rank({
    input: {
      taskType: input.experienceType ?? input.task.type,
      requiredCapabilities: input.requiredCapabilities,
      atMs: input.atMs,
      conversation: conversationOf(snapshot, input),
      costQuality: input.costQuality,
      unit: input.unit,
    },
    table,
    rows: filtered.rows,
    experience,
    // What one strategy learned says nothing to another.
    learned: strategy === snapshot.strategy ? snapshot.learned : undefined,
    limit: STORED_CANDIDATES_LIMIT,
    random: seededRandom(seed),
  })
  const ranked = modelsOf(snapshot, ranking)
  return { decision: toDecision({ snapshot, input, strategy, filtered, ranking, seed }), ranked }
}

function conversationOf(
  { rowOf }: RoutingSnapshot,
  { conversation }: DecisionInput,
): ConversationInput | undefined {
  if (conversation === undefined) return undefined
  const { modelId, ...rest } = conversation
  return { ...rest, row: rowOf.get(modelId) }
}

/** When every candidate's provider is down, trying one is better than refusing. */
function filterRelaxed(snapshot: RoutingSnapshot, input: DecisionInput): FilteredRows {
  const filtered = filterRows(snapshot, input)
  if (filtered.rows.length > 0) return filtered
  const { counts } = filtered.exclusions
  if ((counts.unhealthy ?? 0) + (counts['breaker-open'] ?? 0) > 0) {
    const relaxed = filterRows(snapshot, withoutShunning(input))
    // What was shunned may be excluded for another reason too.
    if (relaxed.rows.length > 0) return relaxed
  }
  throw new NoCandidateError(describeExclusions(counts), counts)
}

function modelsOf(snapshot: RoutingSnapshot, ranking: Ranking): readonly Model[] {
  const models: Model[] = []
  for (const row of ranking.rows.subarray(0, RANKED_LIMIT)) {
    const model = snapshot.models[row]
    if (model !== undefined) models.push(model)
  }
  return models
}

interface Chosen {
  readonly snapshot: RoutingSnapshot
  readonly input: DecisionInput
  readonly strategy: Strategy
  readonly filtered: FilteredRows
  readonly ranking: Ranking
  readonly seed: number
}

const NO_DIAL = Object.freeze({})

/** The dial that the request brought, and whether it ruled. */
function dialOf(
  { costQuality }: DecisionInput,
  ranking: Ranking,
): Pick<Decision, 'costQuality' | 'ignoredCostQuality'> {
  if (costQuality === undefined) return NO_DIAL
  return ranking.costQuality === undefined
    ? { ignoredCostQuality: costQuality }
    : { costQuality: ranking.costQuality }
}

function toDecision(chosen: Chosen): Decision {
  const { snapshot, input, strategy, filtered, ranking, seed } = chosen
  const candidates = toCandidates(snapshot, input, ranking)
  const [first] = candidates
  if (first === undefined) throw new TypeError(`Strategy ${strategy.name} ranked nothing`)
  return {
    id: input.decisionId,
    messageId: input.messageId,
    ...snapshot.agent,
    userId: input.userId,
    atMs: input.atMs,
    source: 'auto',
    modelId: first.modelId,
    ...(input.preset === undefined ? {} : { preset: input.preset }),
    task: input.task,
    requiredCapabilities: fromCapabilityMask(input.requiredCapabilities),
    candidates,
    candidateCount: filtered.rows.length,
    exclusions: filtered.exclusions,
    propensity: ranking.propensity,
    ...(ranking.propensityLog === undefined ? {} : { propensityLog: ranking.propensityLog }),
    ...(ranking.isForced === true
      ? ({ opeEligible: false, opeReason: 'sticky' } as const)
      : { opeEligible: true }),
    strategy: ranking.strategy ?? { name: strategy.name, version: strategy.version },
    ...dialOf(input, ranking),
    snapshotVersion: snapshot.version,
    seed,
    replayable: filtered.rows.length <= candidates.length,
  }
}

function toCandidates(
  { table, experience }: RoutingSnapshot,
  input: DecisionInput,
  ranking: Ranking,
): readonly RankedCandidate[] {
  const task = experience.get(input.task.type)
  const candidates: RankedCandidate[] = []
  for (let place = 0; place < ranking.rows.length; place += 1) {
    const row = ranking.rows[place] ?? 0
    const ratings = task?.count[row] ?? 0
    candidates.push({
      modelId: table.modelIds[row] ?? '',
      score: ranking.scores[place] ?? 0,
      priority: table.priority[row] ?? 0,
      experience: ratings === 0 ? undefined : (task?.sum[row] ?? 0) / ratings,
      ratings,
      ...publishedOf(table, row),
    })
  }
  return candidates
}

function publishedOf({ published }: CandidateTable, row: number): { readonly published?: number } {
  const score = published?.[row] ?? Number.NaN
  return Number.isNaN(score) ? {} : { published: score }
}
