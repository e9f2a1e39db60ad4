import type { FailureKind, Model } from '@imrs/core'
import { FAILURE_RULES } from '@imrs/core'

import type { PlanStep } from '../plan/plan.ts'

/** Failures that every model of the same provider would meet as well. */
const PROVIDER_WIDE: ReadonlySet<FailureKind> = new Set(['credentials', 'payment', 'connect'])

export interface FailedStep {
  readonly model: Model
  readonly kind: FailureKind
}

/** The steps that are left after a failure, in their order; empty when nothing else would do better. */
export function stepsAfter(
  rest: readonly PlanStep[],
  { model, kind }: FailedStep,
): readonly PlanStep[] {
  const { response } = FAILURE_RULES[kind]
  if (response === 'stop') return []
  if (response === 'go-larger') {
    const context = model.contextLength ?? 0
    return rest.filter((step) => (step.model.contextLength ?? 0) > context)
  }
  if (!PROVIDER_WIDE.has(kind)) return rest
  return rest.filter((step) => step.model.providerId !== model.providerId)
}
