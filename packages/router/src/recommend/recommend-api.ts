import type { CallOptions, NanoUsd, TaskType } from '@imrs/core'

import type { RatingFigure } from '../performance/performance-api.ts'

export interface RecommendQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Whose calls are looked at, and whose models may be recommended. Default: all agents of the tenant, all models. */
  readonly agentId?: string | undefined
  /** Default: every kind of task. */
  readonly taskType?: TaskType | undefined
  /** As in a report. Default: from the first. */
  readonly fromMs?: number | undefined
  readonly toMs?: number | undefined
  /** Averages of ratings that differ by less count as equal, 0.001 to 0.5. Default: `0.05`. */
  readonly tolerance?: number | undefined
}

/** The difference of two averages of ratings. */
export interface QualityDifference {
  readonly value: number
  /**
   * It is above `low` and, each for itself, below `high` with 95 % confidence, the number of pairs that
   * were held against each other taken into account.
   */
  readonly low: number
  readonly high: number
}

/** A model that does as well as another and costs less. */
export interface CheaperModel {
  readonly kind: 'cheaper'
  readonly taskType: TaskType
  readonly modelId: string
  readonly insteadOf: string
  readonly rating: RatingFigure
  readonly ratingInsteadOf: RatingFigure
  /** By how much the dearer one is better; its `high` is below the tolerance. */
  readonly difference: QualityDifference
  readonly savingPer1000RequestsNanoUsd: NanoUsd
  readonly sentence: string
}

/** A model worth asking: too little is known of it here. */
export interface ModelToTry {
  readonly kind: 'try'
  readonly taskType: TaskType
  readonly modelId: string
  readonly because: 'good-elsewhere' | 'priority'
  /** The kind of task at which it is among the best. */
  readonly goodAt?: TaskType | undefined
  /** Ratings it has here. */
  readonly ratings: number
  readonly sentence: string
}

/** A model that others do better than, or that fails. */
export interface ModelToDrop {
  readonly kind: 'drop'
  /** Absent for one that fails: that is no matter of the task. */
  readonly taskType?: TaskType | undefined
  readonly modelId: string
  readonly because: 'worse' | 'failing'
  /** The best, and by how much it is better; its `low` is above the tolerance. */
  readonly better?: string | undefined
  readonly difference?: QualityDifference | undefined
  /** The part of its calls that failed, and what it is above with 95 % confidence. */
  readonly failureShare?: { readonly value: number; readonly low: number } | undefined
  readonly sentence: string
}

/** Why nothing can be said of the quality at a kind of task. */
export interface TooLittleKnown {
  readonly kind: 'too-little-known'
  readonly taskType: TaskType
  /** Models with enough ratings: none or one. */
  readonly knownModels: number
  readonly ratings: number
  readonly sentence: string
}

export type Recommendation = CheaperModel | ModelToTry | ModelToDrop | TooLittleKnown

/**
 * Says which models to use in place of others, to try and to drop, by what is known of them. Changes
 * nothing. Models were not chosen at random: where a strategy gave one the harder requests, it looks
 * worse than it is.
 *
 * @throws ImrsError `invalid-request` that names the field.
 */
export type Recommend = (
  query?: RecommendQuery,
  options?: CallOptions,
) => Promise<readonly Recommendation[]>
