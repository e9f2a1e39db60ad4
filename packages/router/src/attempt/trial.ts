import type { FinishReason, Model, ProviderError, TriedModel } from '@imrs/core'

import type { PlanStep } from '../plan/plan.ts'
import type { AttemptJob } from './attempt-context.ts'
import type { LaneCall } from './lane-call.ts'
import type { AttemptState, FailedCall } from './machine/attempt-state.ts'

/** How trying the models of a plan ended. */
export type Trial =
  | {
      readonly kind: 'finished'
      readonly model: Model
      readonly finishReason: FinishReason
      readonly firstPartMs: number | undefined
      /** Whether the answering call was a breaker's probe. */
      readonly wasProbe: boolean
    }
  | {
      readonly kind: 'failed'
      readonly model: Model
      /** In the order in which they came. */
      readonly errors: readonly ProviderError[]
      readonly tried: readonly TriedModel[]
    }
  | { readonly kind: 'aborted'; readonly model: Model }

/** What the machine's state is read with. */
export interface TrialFacts {
  readonly job: AttemptJob
  readonly errorOf: (call: FailedCall) => ProviderError
  /** Added to monotonic time it gives epoch milliseconds. */
  readonly toWallMs: number
  /** The call that answered, or began last. */
  readonly lastLane: LaneCall | undefined
}

/** How it ended. Of a run that is not over: as if the caller had left. */
export function toTrial(state: AttemptState, facts: TrialFacts): Trial {
  const { job, lastLane } = facts
  const called = lastLane?.step.model ?? stepAt(job, 0).model
  if (state.kind === 'failed') {
    const calls = state.memory.failures
    const last = calls.at(-1)
    return {
      kind: 'failed',
      model: last === undefined ? called : stepAt(job, last.step).model,
      errors: calls.map(facts.errorOf),
      tried: calls.map((call) => toTried(call, facts)),
    }
  }
  if (state.kind !== 'finished' || lastLane === undefined) return { kind: 'aborted', model: called }
  const { finishReason } = state
  const { firstPartMs } = lastLane.log
  return { kind: 'finished', model: called, finishReason, firstPartMs, wasProbe: lastLane.isProbe }
}

/** The step of the plan that the machine names by its index. */
export function stepAt({ plan }: AttemptJob, index: number): PlanStep {
  const step = plan.steps[index]
  if (step === undefined) throw new TypeError('A plan has the steps that its machine names')
  return step
}

function toTried(
  { step, failure, wasCalled, retryAtMs }: FailedCall,
  { job, toWallMs }: TrialFacts,
): TriedModel {
  return {
    model: stepAt(job, step).model.id,
    failureKind: failure.kind,
    wasCalled,
    ...(retryAtMs === undefined ? {} : { retryAtMs: Math.round(retryAtMs + toWallMs) }),
  }
}
