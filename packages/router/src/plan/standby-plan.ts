import type { CallOptions, FallbackPart, Model } from '@imrs/core'
import { presetName, toModelId } from '@imrs/core'

import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { planDefault } from './explicit-plan.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan } from './plan.ts'
import type { Wish } from './wish.ts'

/**
 * The default model for an agent of which nothing could be read, whatever was asked for: it is the
 * only model known here. Another choice is told that it was replaced.
 *
 * @throws ImrsError when the default model may not be used either.
 */
export async function planStandby(
  context: PlanContext,
  { prepared, wish }: { readonly prepared: PreparedRequest; readonly wish: Wish },
  options?: CallOptions,
): Promise<Plan> {
  const plan = await planDefault(context, prepared, options)
  const [first] = plan.steps
  if (first === undefined || wish.kind === 'auto' || wish.source === 'default') return plan
  const { model } = first
  if (wish.kind === 'preset') {
    return { ...plan, announcements: [replacedBy(model, presetName(wish.presetId))] }
  }
  if ((await idOf(context, wish, options)) === model.id) return plan
  return { ...plan, announcements: [replacedBy(model, wish.model)] }
}

type ModelWish = Extract<Wish, { kind: 'model' }>

/** What the name means, as far as it is remembered. */
async function idOf(
  { catalog }: PlanContext,
  { model, provider }: ModelWish,
  options?: CallOptions,
): Promise<string> {
  try {
    return (await catalog.resolve({ model, provider }, options)).model.id
  } catch {
    options?.signal?.throwIfAborted()
    return provider === undefined ? model : toModelId({ providerId: provider, externalId: model })
  }
}

function replacedBy({ id, displayName }: Model, from: string): FallbackPart {
  return {
    type: 'fallback',
    from,
    to: id,
    toName: displayName,
    step: 'default',
    reason: `${from} cannot be looked up now. The default model, ${displayName}, answers instead.`,
  }
}
