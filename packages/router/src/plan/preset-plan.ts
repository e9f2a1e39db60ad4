import type { CallOptions } from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { findPreset } from '../presets/find-preset.ts'
import { planAuto } from './auto-plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan } from './plan.ts'

/**
 * Lets the preset's strategy choose among the models of the preset that the agent may use. Whatever
 * fails afterwards, no model outside of it answers.
 *
 * @throws NoCandidateError; ImrsError `unknown-preset`.
 */
export async function planPreset(
  context: PlanContext,
  given: { readonly prepared: PreparedRequest; readonly presetId: string },
  options?: CallOptions,
): Promise<Plan> {
  const { prepared, presetId } = given
  const input = { ...prepared.input, preset: presetId }
  const strategy = findPreset(prepared.snapshot, input)?.strategy
  const snapshot =
    strategy?.wantsLatency === true ? context.times.onto(prepared.snapshot) : prepared.snapshot
  return planAuto(context, { ...prepared, snapshot, input }, options)
}
