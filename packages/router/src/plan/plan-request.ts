import type { CallOptions, WarningPart } from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { presetsOf } from '../presets/find-preset.ts'
import { planAuto } from './auto-plan.ts'
import { planExplicit } from './explicit-plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan } from './plan.ts'
import { planPreset } from './preset-plan.ts'
import { planStandby } from './standby-plan.ts'
import { defaultWish, wishOf } from './wish.ts'
import type { Wish } from './wish.ts'

export interface PlannedRequest {
  readonly prepared: PreparedRequest
  readonly plan: Plan
}

/** Which models to try for a request, along the explicit path or the router's ranking. */
export async function planRequest(
  context: PlanContext,
  prepared: PreparedRequest,
  options?: CallOptions,
): Promise<Plan> {
  const plan = await planByWish(context, prepared, options)
  const warning = ignoredDial(plan)
  return warning === undefined ? plan : { ...plan, warnings: [...(plan.warnings ?? []), warning] }
}

async function planByWish(
  context: PlanContext,
  prepared: PreparedRequest,
  options?: CallOptions,
): Promise<Plan> {
  const wish = wishOf(prepared.request, prepared.preference, context.defaultModel)
  if (prepared.snapshot.isStandby === true) return planStandby(context, { prepared, wish }, options)
  const gone = goneWarning(prepared, wish)
  if (gone === undefined) return planWish(context, { prepared, wish }, options)
  const instead = defaultWish(context.defaultModel)
  const plan = await planWish(context, { prepared, wish: instead }, options)
  return { ...plan, warnings: [gone] }
}

function planWish(
  context: PlanContext,
  { prepared, wish }: { readonly prepared: PreparedRequest; readonly wish: Wish },
  options?: CallOptions,
): Promise<Plan> {
  switch (wish.kind) {
    case 'auto':
      return planAuto(context, prepared, options)
    case 'preset':
      return planPreset(context, { prepared, presetId: wish.presetId }, options)
    case 'model':
      return planExplicit(context, { prepared, wish }, options)
  }
}

/** What was asked of the router and is passed over is said. */
function ignoredDial({ decision }: Plan): WarningPart | undefined {
  const { ignoredCostQuality, source, strategy } = decision
  if (ignoredCostQuality === undefined) return undefined
  const why =
    source === 'auto'
      ? `what chooses here, ${strategy.name}, has no dial between quality and price`
      : 'the model was not chosen by the router'
  const message = `\`costQuality\` was passed over: ${why}.`
  return { type: 'warning', code: 'cost-quality-ignored', message }
}

/** A stored choice may be of a preset that was removed since; what a request names itself must be there. */
function goneWarning({ snapshot }: PreparedRequest, wish: Wish): WarningPart | undefined {
  if (wish.kind !== 'preset' || wish.source !== 'preference') return undefined
  if (presetsOf(snapshot).get(wish.presetId) !== undefined) return undefined
  const name = JSON.stringify(wish.presetId)
  const message = `The preset ${name} that you chose is no more; the default is used instead.`
  return { type: 'warning', code: 'preset-gone', message }
}
