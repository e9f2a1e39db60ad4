import type { TaskType } from './task.ts'

/** `agent` ⊂ `tenant` ⊂ `global`. */
export const EXPERIENCE_SCOPES = ['agent', 'tenant', 'global'] as const
export type ExperienceScope = (typeof EXPERIENCE_SCOPES)[number]

/**
 * The sufficient statistics of the ratings of one model at one task: a row of `model_experience`.
 * Integers only, so that any order of updates gives the same sums.
 */
export interface ExperienceCell {
  readonly scope: ExperienceScope
  /** Empty in the `global` scope. */
  readonly tenantId: string
  /** Empty in the `global` and `tenant` scopes. */
  readonly agentId: string
  readonly taskType: TaskType
  readonly modelId: string
  /** UTC month of the rated messages, `2026-11`. */
  readonly month: string
  /** Rises when a model is found to have changed. */
  readonly epoch: number
  /** Ratings counted: one per message and user. */
  readonly count: number
  /** Σ rating, in thousandths. */
  readonly sum: number
  /** Σ rating², in thousandths squared. */
  readonly sumOfSquares: number
}

/** What tells cells apart. */
export type ExperienceCellKey = Omit<ExperienceCell, 'count' | 'sum' | 'sumOfSquares'>

/** A cell as it is stored: the plain ratings, and beside them what strategies that learn go by. */
export interface StoredExperienceCell extends ExperienceCell {
  /** Σ weight of the ratings and hints, in thousandths of a rating. */
  readonly weightMilli: number
  /** Σ weight · rating, in thousandths; each rating's part is rounded to a whole number. */
  readonly weightedSum: number
  /** Σ weight · rating², in thousandths squared; rounded alike. */
  readonly weightedSumOfSquares: number
}

/**
 * How far one model's ratings have fallen behind what was expected of it. Kept for each model and
 * agent, moved on by each rating in turn.
 */
export interface DriftState {
  /** Standard deviations in sum, less the slack; never below 0. */
  readonly sum: number
  /** Σ (rating − expectation) since it was 0 last. */
  readonly residual: number
  /** Ratings since it was 0 last. */
  readonly ratings: number
}

/** What one more rating made of it. */
export interface DriftStep {
  readonly state: DriftState
  /** By how much the model's ratings fell, below 0, from 0 to 1 as ratings are; absent while there is no alarm. */
  readonly shift?: number | undefined
}

/** Nothing has fallen behind. */
export const NO_DRIFT: DriftState = Object.freeze({ sum: 0, residual: 0, ratings: 0 })

/**
 * What an alarm found: from `epoch` on a model is another one than before. Ratings of earlier epochs
 * count as if they had been given to the model as it is now.
 */
export interface ModelShift {
  readonly modelId: string
  /** The epoch that the alarm opened; 1 or more. */
  readonly epoch: number
  /** By how much the ratings of earlier epochs are moved, in thousandths: below 0 for a model that became worse. */
  readonly shiftMilli: number
}

/** An alarm about a model of one agent: a row of `model_shifts`. */
export interface DriftAlarm extends ModelShift {
  readonly agentId: string
  /** The answer whose rating raised it. */
  readonly messageId: string
  readonly atMs: number
}
