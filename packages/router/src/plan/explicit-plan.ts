import type { CallOptions, Decision, ExclusionReason, FallbackPart, Model } from '@imrs/core'
import { ImrsError, fromCapabilityMask, toModelId } from '@imrs/core'

import { exclusionOfRow, withoutShunning } from '../decide/filter-rows.ts'
import type { PreparedRequest } from '../prepare/prepared-request.ts'
import { vetoedAmong } from './plan-context.ts'
import type { PlanContext } from './plan-context.ts'
import type { Plan, PlanStep } from './plan.ts'
import { mayBeReplaced, refusalOf } from './refusals.ts'
import type { Wish } from './wish.ts'

type ModelWish = Extract<Wish, { kind: 'model' }>

/** The model a wish means, and what it was called before if it moved by itself. */
interface Target {
  readonly model: Model
  readonly migratedFrom?: string | undefined
}

/**
 * The explicit path: the chosen model, then where it migrated by itself, then the user's last valid
 * selection, then the default model. Models that may not be used are left out of it.
 *
 * @throws ImrsError when the choice itself is to be refused, or nothing on the path can be used.
 */
export async function planExplicit(
  context: PlanContext,
  { prepared: given, wish }: { readonly prepared: PreparedRequest; readonly wish: ModelWish },
  options?: CallOptions,
): Promise<Plan> {
  const target = await targetOf(context, { prepared: given, wish }, options)
  const alternatives = await alternativesOf(context, { prepared: given, target, wish }, options)
  const prepared = await withVetoes(context, { prepared: given, target, alternatives }, options)
  const usable = alternatives.filter(({ model }) => exclusionOf(prepared, model) === undefined)
  const chosen = target?.model
  const reason = chosen === undefined ? 'unavailable' : exclusionOf(prepared, chosen)
  if (chosen !== undefined && reason === undefined) {
    return toPlan({ prepared, wish, steps: [{ model: chosen, kind: 'chosen' }, ...usable], target })
  }
  const subject = { prepared, catalog: context.catalog }
  if (chosen !== undefined && reason !== undefined && !mayBeReplaced(reason)) {
    throw await refusalOf(reason, { ...subject, model: chosen }, options)
  }
  if (usable.length > 0) return toPlan({ prepared, wish, steps: usable, target })
  if (chosen !== undefined)
    throw await refusalOf('unavailable', { ...subject, model: chosen }, options)
  throw new ImrsError(
    'model-unavailable',
    `${wish.model} is no longer offered and there is nothing to stand in for it. Choose another model or "auto".`,
    { field: 'model' },
  )
}

/** The default model for a request that the router could not decide on. */
export async function planDefault(
  context: PlanContext,
  prepared: PreparedRequest,
  options?: CallOptions,
): Promise<Plan> {
  if (context.defaultModel === undefined) {
    throw new ImrsError('internal', 'The router could not choose, and there is no default model.')
  }
  const wish: ModelWish = { kind: 'model', source: 'default', model: context.defaultModel }
  const plan = await planExplicit(context, { prepared, wish }, options)
  return { ...plan, decision: { ...plan.decision, source: 'fallback-default' } }
}

/** `undefined` when a stored choice is no longer known; a name in the request must be valid. */
async function targetOf(
  context: PlanContext,
  { prepared, wish }: { readonly prepared: PreparedRequest; readonly wish: ModelWish },
  options?: CallOptions,
): Promise<Target | undefined> {
  const { model, provider } = wish
  const id = provider === undefined ? model : toModelId({ providerId: provider, externalId: model })
  const row = prepared.snapshot.rowOf.get(id)
  const known = row === undefined ? undefined : prepared.snapshot.models[row]
  if (known !== undefined) return { model: known }
  try {
    return await context.catalog.resolve({ model, provider }, options)
  } catch (error) {
    if (wish.source === 'explicit' || !ImrsError.is(error) || error.code !== 'unknown-model') {
      throw error
    }
    return undefined
  }
}

async function alternativesOf(
  context: PlanContext,
  given: {
    readonly prepared: PreparedRequest
    readonly target: Target | undefined
    readonly wish: ModelWish
  },
  options?: CallOptions,
): Promise<readonly PlanStep[]> {
  const { prepared, target, wish } = given
  const steps: PlanStep[] = []
  const add = (kind: FallbackPart['step'], model: Model | undefined): void => {
    const taken = model === undefined || model.id === target?.model.id
    if (!taken && !steps.some((step) => step.model.id === model.id)) steps.push({ model, kind })
  }
  const id = target?.model.id ?? wish.model
  add('migration', await context.migrations.get(id, prepared.snapshot, options))
  const lastValid = prepared.preference?.lastValid?.modelId
  if (lastValid !== undefined) add('last-valid', modelInSnapshot(prepared, lastValid))
  if (context.defaultModel !== undefined) {
    const byDefault: ModelWish = { kind: 'model', source: 'default', model: context.defaultModel }
    add('default', (await targetOf(context, { prepared, wish: byDefault }, options))?.model)
  }
  return steps
}

function modelInSnapshot({ snapshot }: PreparedRequest, modelId: string): Model | undefined {
  const row = snapshot.rowOf.get(modelId)
  return row === undefined ? undefined : snapshot.models[row]
}

async function withVetoes(
  context: PlanContext,
  given: {
    readonly prepared: PreparedRequest
    readonly target: Target | undefined
    readonly alternatives: readonly PlanStep[]
  },
  options?: CallOptions,
): Promise<PreparedRequest> {
  const { prepared, target, alternatives } = given
  const models = [...(target === undefined ? [] : [target]), ...alternatives].map(
    ({ model }) => model,
  )
  const vetoed = await vetoedAmong(context, { models, prepared }, options)
  return { ...prepared, input: { ...prepared.input, vetoed } }
}

/** A provider that is down is no reason to refuse what a person chose: it is tried. */
function exclusionOf(prepared: PreparedRequest, model: Model): ExclusionReason | undefined {
  const row = prepared.snapshot.rowOf.get(model.id)
  if (row === undefined) return model.modelType === 'chat' ? 'not-enabled' : 'missing-capability'
  return exclusionOfRow(prepared.snapshot, row, withoutShunning(prepared.input))
}

interface PlanParts {
  readonly prepared: PreparedRequest
  readonly wish: ModelWish
  readonly steps: readonly PlanStep[]
  readonly target: Target | undefined
}

function toPlan({ prepared, wish, steps, target }: PlanParts): Plan {
  const [first] = steps
  if (first === undefined) throw new TypeError('A plan needs a step')
  return {
    decision: toDecision(prepared, wish, first.model),
    steps,
    announcements: announcementsOf({ wish, first, target }),
    ...(wish.source === 'default' ? {} : { chosenModelId: target?.model.id }),
  }
}

function announcementsOf({
  wish,
  first,
  target,
}: Pick<PlanParts, 'wish' | 'target'> & { readonly first: PlanStep }): readonly FallbackPart[] {
  const to = { to: first.model.id, toName: first.model.displayName }
  if (first.kind === 'chosen') {
    const from = target?.migratedFrom
    if (from === undefined) return []
    const reason = `${from} is now called ${first.model.displayName}.`
    return [{ type: 'fallback', from, ...to, step: 'migration', reason }]
  }
  const from = target?.model.id ?? wish.model
  const name = target?.model.displayName ?? wish.model
  const why = target?.model.unavailableReason ?? 'It is no longer offered.'
  const reason = `${name} is not available. ${why} ${STEP_WORDS[first.kind]} ${first.model.displayName} answers instead.`
  return [{ type: 'fallback', from, ...to, step: first.kind, reason }]
}

const STEP_WORDS: Readonly<Record<FallbackPart['step'], string>> = Object.freeze({
  migration: 'Its successor',
  'last-valid': 'Your last choice that worked,',
  default: 'The default model,',
  'next-ranked': 'The next best,',
})

function toDecision({ snapshot, input }: PreparedRequest, wish: ModelWish, model: Model): Decision {
  return {
    id: input.decisionId,
    messageId: input.messageId,
    ...snapshot.agent,
    userId: input.userId,
    atMs: input.atMs,
    source: wish.source,
    modelId: model.id,
    ...(input.preset === undefined ? {} : { preset: input.preset }),
    task: input.task,
    requiredCapabilities: fromCapabilityMask(input.requiredCapabilities),
    candidates: [],
    candidateCount: 0,
    exclusions: { counts: {}, examples: [] },
    propensity: 1,
    opeEligible: false,
    opeReason: wish.source === 'default' ? 'default-model' : 'explicit-choice',
    strategy: { name: snapshot.strategy.name, version: snapshot.strategy.version },
    ...(input.costQuality === undefined ? {} : { ignoredCostQuality: input.costQuality }),
    snapshotVersion: snapshot.version,
    seed: 0,
    replayable: false,
  }
}
