import type { CapabilityMask } from '../domain/capability.ts'
import type { PropensityLog } from '../domain/decision.ts'
import type { DriftState, DriftStep, ExperienceCell, ModelShift } from '../domain/experience.ts'
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
  /** What prompt tokens cost less when they come from the provider's cache, US dollars per 1,000,000; 0 where unknown. */
  readonly cacheSaving: Readonly<Float64Array>
  /** When the catalogue got the model, epoch milliseconds. */
  readonly createdAtMs: Readonly<Float64Array>
  /** How good others have found the model, from 0 to 1; `NaN` is unknown. Absent where nothing is known of any. */
  readonly published?: Readonly<Float64Array> | undefined
  /**
   * The first row of the same model, as several providers may have one: rows with the same number are
   * one model. Absent: each row is a model of its own.
   */
  readonly family?: Readonly<Uint32Array> | undefined
  /**
   * Milliseconds to the first visible part, the median of late answers; `NaN` is unknown. Absent for a
   * strategy that does not want them ({@link Strategy.wantsLatency}), and where nothing is measured.
   */
  readonly latencyMs?: Readonly<Float64Array> | undefined
}

/** Ratings of this agent for one task type, by row. */
export interface TaskExperience {
  readonly count: Readonly<Float64Array>
  /** Σ rating, each from 0 to 1. */
  readonly sum: Readonly<Float64Array>
}

/** What a strategy that learns is shown when a snapshot is made. */
export interface LearningSource {
  readonly table: CandidateTable
  /** All ratings that bear on this agent: its own, its tenant's, and everybody's where they are shared. */
  readonly cells: readonly ExperienceCell[]
  /** What alarms found about models that changed; without one, an epoch only makes older ratings count less. Default: none. */
  readonly shifts?: readonly ModelShift[] | undefined
  readonly atMs: number
}

/** The conversation that a request goes on with. */
export interface ConversationInput {
  /** The row of the model that answered last; absent when the table has it no more. */
  readonly row?: number | undefined
  /** Whether the request carries answers of tools that this model called: another one would not know what for. */
  readonly isToolLoop: boolean
  /** Estimated tokens of the prompt. */
  readonly promptTokens: number
  /** Those of them that this model's provider may still have in its cache. */
  readonly cachedTokens: number
}

export interface StrategyInput {
  /** What a rating of the answer will be credited to: the task type, or the bucket of a request that shows none. */
  readonly taskType: TaskType
  readonly requiredCapabilities: CapabilityMask
  readonly atMs: number
  /** Absent for the first request of a conversation. */
  readonly conversation?: ConversationInput | undefined
  /**
   * What a lower price is worth to this request: 0 is quality only, 1 price only. Takes the place of
   * the strategy's own dial; one that has none leaves it be. Absent: the strategy's own counts.
   */
  readonly costQuality?: number | undefined
  /** Who asks, always the same for the same user or session: a hash, never the id. Absent for a request without either. */
  readonly unit?: string | undefined
}

export interface RankRequest {
  readonly input: StrategyInput
  readonly table: CandidateTable
  /** The rows that passed every filter. Not to be changed. */
  readonly rows: Readonly<Uint32Array>
  /** `undefined` when this agent has no ratings for the task type. */
  readonly experience: TaskExperience | undefined
  /**
   * What {@link Strategy.learn} gave; absent for a strategy that has none, and where nothing could be
   * read. When a caller's own key shows more models, it was made for a table without them: the ids
   * of models tell which row is which.
   */
  readonly learned?: unknown
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
  /** How the propensity came about, where it was drawn. */
  readonly propensityLog?: PropensityLog | undefined
  /** Whether a rule and not a draw put the first row there; such a decision cannot be evaluated. */
  readonly isForced?: boolean | undefined
  /** The request's dial, where it ruled: absent when the request has none, and where the strategy has no dial. */
  readonly costQuality?: number | undefined
  /** Which strategy the decision is put down to, where one let others rank. Default: the one that was asked. */
  readonly strategy?: { readonly name: string; readonly version: string } | undefined
}

/** One rating of one model. */
export interface RatedModel {
  /** What the answer is credited to. */
  readonly taskType: TaskType
  readonly modelId: string
  /** From 0 to 1. */
  readonly rating: number
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
  /** Whether it reads `CandidateTable.latencyMs`, which is filled for such a strategy only. Default: `false`. */
  readonly wantsLatency?: boolean | undefined
  /**
   * Makes what ranking needs to know of all ratings, once for each snapshot and never during a
   * request. `previous` is what it gave for the snapshot before, of the same agent. Pure.
   */
  learn?(source: LearningSource, previous?: unknown): unknown
  /**
   * Judges a rating by what {@link learn} made of those before it: gives what moves the alarm of the
   * model on, or `undefined` while too little is known of it. An alarm opens an epoch of the model.
   * Left out: no alarm is ever raised. Pure.
   */
  watch?(rated: RatedModel, learned: unknown): ((state: DriftState) => DriftStep) | undefined
  rank(request: RankRequest): Ranking
}
