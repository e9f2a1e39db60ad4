import type { Decision, FallbackPart, Model, WarningPart } from '@imrs/core'

/** How a model came to be next. */
export type PlanStepKind = 'chosen' | FallbackPart['step']

export interface PlanStep {
  readonly model: Model
  readonly kind: PlanStepKind
}

/** Which models to try, in which order, and why. Every one was checked against what the agent may use. */
export interface Plan {
  readonly decision: Decision
  /** At least one. */
  readonly steps: readonly PlanStep[]
  /** What to tell before the first call: the chosen model could not even be called. */
  readonly announcements: readonly FallbackPart[]
  /** What to tell of the choice itself. Default: nothing. */
  readonly warnings?: readonly WarningPart[] | undefined
  /** The explicitly chosen model, whose success makes it the user's last valid one. */
  readonly chosenModelId?: string | undefined
}
