import type { CallOptions } from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { planAuto } from './auto-plan.ts'
import { planExplicit } from './explicit-plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan } from './plan.ts'
import { planStandby } from './standby-plan.ts'
import { wishOf } from './wish.ts'

export interface PlannedRequest {
  readonly prepared: PreparedRequest
  readonly plan: Plan
}

/** Which models to try for a request, along the explicit path or the router's ranking. */
export function planRequest(
  context: PlanContext,
  prepared: PreparedRequest,
  options?: CallOptions,
): Promise<Plan> {
  const wish = wishOf(prepared.request, prepared.preference, context.defaultModel)
  if (prepared.snapshot.isStandby === true) return planStandby(context, { prepared, wish }, options)
  return wish.kind === 'auto'
    ? planAuto(context, prepared, options)
    : planExplicit(context, { prepared, wish }, options)
}
