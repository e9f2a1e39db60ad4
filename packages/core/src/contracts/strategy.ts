import type { CapabilityMask } from '../domain/capability.ts'
import type { TaskType } from '../domain/task.ts'

/**
 * All models of one agent, a number an array slot, so that thousands can be ranked without an object
 * each. A *row* is an index into these arrays. Immutable.
 */
export interface CandidateTable {
  readonly size: number
  readonly modelIds: readonly string[]
  readonly capabilities: Readonly<Uint32Array>
  /** Priority that counts for this agent, 0 to 1. */
  readonly priority: Readonly<Float64Array>
  /** Blended price, US dollars per 1,000,000 tokens; `NaN` is unknown. */
  readonly price: Readonly<Float64Array>
  /** Context window in tokens; 0 is unknown. */
  readonly contextLength: Readonly<Float64Array>
}

/** Ratings of this agent for one task type, by row. */
export interface TaskExperience {
  readonly count: Readonly<Float64Array>
  /** Σ rating, each from 0 to 1. */
  readonly sum: Readonly<Float64Array>
}

export interface StrategyInput {
  readonly taskType: TaskType
  readonly requiredCapabilities: CapabilityMask
  readonly atMs: number
}

export interface RankRequest {
  readonly input: StrategyInput
  readonly table: CandidateTable
  /** The rows that passed every filter. Not to be changed. */
  readonly rows: Readonly<Uint32Array>
  /** `undefined` when this agent has no ratings for the task type. */
  readonly experience: TaskExperience | undefined
  /** How many places of the ranking are wanted; 1 or more. */
  readonly limit: number
  /** Uniform in [0, 1), from the decision's seed: the only chance a strategy may use. */
  readonly random: () => number
}

export interface Ranking {
  /** Rows, best first: `min(limit, rows.length)` of them, none twice. */
  readonly rows: Readonly<Uint32Array>
  /** The score of each place, in the same order. */
  readonly scores: Readonly<Float64Array>
  /** The exact probability with which this row came first, given the request. 1 for a strategy without chance. */
  readonly propensity: number
}

/**
 * Orders candidates. Pure: the same request and the same random numbers give the same ranking, on
 * any machine. Ties: the lower price, then the smaller id.
 */
export interface Strategy {
  readonly specVersion: 'v1'
  readonly name: string
  /** Changes whenever the same request could be ranked differently. */
  readonly version: string
  rank(request: RankRequest): Ranking
}
