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
