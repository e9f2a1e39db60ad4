import type { CallOptions } from '@imrs/core'
import { ImrsError, NoCandidateError, drawSeed } from '@imrs/core'

import { decide } from '../decide/decide.ts'
import type { DecisionInput } from '../decide/decision-input.ts'
import { filterRows } from '../decide/filter-rows.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { planDefault } from './explicit-plan.ts'
import { vetoedAmong } from './plan-context.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan } from './plan.ts'

/**
 * Lets the strategy choose. A strategy that fails hands over to the default model, after the same
 * checks of what the agent may use.
 *
 * @throws NoCandidateError
 */
export async function planAuto(
  context: PlanContext,
  prepared: PreparedRequest,
  options?: CallOptions,
): Promise<Plan> {
  const input = { ...prepared.input, vetoed: await vetoes(context, prepared, options) }
  try {
    const { decision, ranked } = decide(prepared.snapshot, input, drawSeed(context.runtime.random))
    return {
      decision,
      steps: ranked.map((model, place) => ({
        model,
        kind: place === 0 ? 'chosen' : 'next-ranked',
      })),
      announcements: [],
    }
  } catch (cause) {
    if (cause instanceof NoCandidateError) throw namingTheReason(cause, input)
    const error = cause instanceof Error ? cause : new Error(String(cause))
    context.emit({ type: 'internal-failed', atMs: input.atMs, part: 'decision', error })
    return planDefault(context, { ...prepared, input }, options)
  }
}

/** That keys cannot be read, or a budget is spent, is the reason to tell when it took a candidate away. */
function namingTheReason(error: NoCandidateError, { exhausted, atMs }: DecisionInput): ImrsError {
  const { exclusions } = error
  if ((exclusions['credential-unknown'] ?? 0) > 0) {
    const message = `${error.message} The store of keys cannot be reached; try again later.`
    return new ImrsError('secret-store-unavailable', message, { cause: error })
  }
  const reason = exhausted?.reason
  if (reason === undefined || (exclusions['budget-exhausted'] ?? 0) === 0) return error
  return new ImrsError('budget-exhausted', `${error.message} ${reason.message}`, {
    cause: error,
    retryAfterMs: reason.resetsAtMs - atMs,
  })
}

async function vetoes(
  context: PlanContext,
  prepared: PreparedRequest,
  options?: CallOptions,
): Promise<ReadonlySet<string>> {
  if (context.authorize === undefined) return new Set()
  const { rows } = filterRows(prepared.snapshot, prepared.input)
  const models = Array.from(rows, (row) => prepared.snapshot.models[row]).filter(
    (model) => model !== undefined,
  )
  return vetoedAmong(context, { models, prepared }, options)
}
