import { monthOf, toCapabilityMask } from '@imrs/core'
import type {
  CandidateTable,
  Decision,
  ExperienceCell,
  RankedCandidate,
  TaskExperience,
} from '@imrs/core'

/** What a decision does not keep of its candidates. */
export interface CandidateFacts {
  readonly capabilities?: number | undefined
  /** Blended price, US dollars per 1,000,000 tokens. Default: unknown. */
  readonly price?: number | undefined
  /** Default: unknown. */
  readonly contextLength?: number | undefined
  /** US dollars per 1,000,000 tokens. Default: 0. */
  readonly cacheSaving?: number | undefined
  readonly createdAtMs?: number | undefined
}

export type CandidateFactsOf = (modelId: string) => CandidateFacts | undefined

/** The candidates of a decision, as a strategy is shown them. */
export interface LoggedRequest {
  readonly decision: Decision
  readonly table: CandidateTable
  readonly rows: Uint32Array
  /** Absent when the log had no ratings of any of them for this task. */
  readonly experience: TaskExperience | undefined
  /** The same as cells, for a strategy that learns. */
  readonly cells: readonly ExperienceCell[]
  /** The row of the model that was played. */
  readonly loggedRow: number
}

/** `undefined` when not all candidates were stored, or the played model is not among them. */
export function toLoggedRequest(
  decision: Decision,
  factsOf: CandidateFactsOf,
): LoggedRequest | undefined {
  const { candidates, candidateCount, modelId } = decision
  if (candidates.length < candidateCount) return undefined
  // As tables are: rows in the order of ids, which decides ties.
  const inOrder = candidates.toSorted((left, right) => (left.modelId < right.modelId ? -1 : 1))
  const loggedRow = inOrder.findIndex((candidate) => candidate.modelId === modelId)
  if (loggedRow < 0) return undefined
  return {
    decision,
    table: tableOf(decision, inOrder, factsOf),
    rows: Uint32Array.from(inOrder, (_, row) => row),
    experience: experienceOf(inOrder),
    cells: cellsOf(decision, inOrder),
    loggedRow,
  }
}

function tableOf(
  decision: Decision,
  candidates: readonly RankedCandidate[],
  factsOf: CandidateFactsOf,
): CandidateTable {
  const facts = candidates.map(({ modelId }) => factsOf(modelId))
  const required = toCapabilityMask(decision.requiredCapabilities)
  return {
    size: candidates.length,
    modelIds: candidates.map(({ modelId }) => modelId),
    // Who was a candidate had at least what was required.
    capabilities: Uint32Array.from(facts, (fact) => (fact?.capabilities ?? 0) | required),
    priority: Float64Array.from(candidates, ({ priority }) => priority),
    price: Float64Array.from(facts, (fact) => fact?.price ?? Number.NaN),
    contextLength: Float64Array.from(facts, (fact) => fact?.contextLength ?? 0),
    cacheSaving: Float64Array.from(facts, (fact) => fact?.cacheSaving ?? 0),
    createdAtMs: Float64Array.from(facts, (fact) => fact?.createdAtMs ?? 0),
    published: Float64Array.from(candidates, ({ published }) => published ?? Number.NaN),
  }
}

function experienceOf(candidates: readonly RankedCandidate[]): TaskExperience | undefined {
  if (candidates.every(({ ratings }) => ratings === 0)) return undefined
  return {
    count: Float64Array.from(candidates, ({ ratings }) => ratings),
    sum: Float64Array.from(candidates, ({ experience = 0, ratings }) => experience * ratings),
  }
}

/** How far ratings were apart is not stored: they are taken to have been thumbs up and down. */
function cellsOf(
  { tenantId, agentId, task, atMs }: Decision,
  candidates: readonly RankedCandidate[],
): readonly ExperienceCell[] {
  return candidates
    .filter(({ ratings }) => ratings > 0)
    .map(({ modelId, experience = 0, ratings }) => ({
      scope: 'agent',
      tenantId,
      agentId,
      taskType: task.type,
      modelId,
      month: monthOf(atMs),
      epoch: 0,
      count: ratings,
      sum: Math.round(experience * ratings * 1_000),
      sumOfSquares: Math.round(experience * ratings * 1_000_000),
    }))
}
