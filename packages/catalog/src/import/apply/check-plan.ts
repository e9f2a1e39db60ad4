import type { CallOptions, Model, Store } from '@imrs/core'
import { canonicalJson, modelSchema } from '@imrs/core'

import type { AgentModelState, ImportPlan, PlannedModel } from '../import-plan.ts'
import { isSameState, stateOf } from '../plan/plan-agent-models.ts'
import { isSameMeaning, meaningOf } from '../plan/plan-aliases.ts'
import { patched } from './patched.ts'

/** What of a plan is still to be written. */
export interface Remaining {
  readonly added: readonly PlannedModel[]
  /** The stored models with their changes made. */
  readonly changed: readonly Model[]
  readonly aliases: ImportPlan['aliases']
  readonly agentModels: ImportPlan['agentModels']
}

/** A plan beside the store as it is now. */
export interface CheckedPlan {
  readonly remaining: Remaining
  /** Why the plan does not fit the store any more, one sentence each. */
  readonly misfits: readonly string[]
}

/** Compares the plan with the store: what is done already, what is to do, what does not fit. */
export async function checkPlan(
  plan: ImportPlan,
  store: Store,
  call?: CallOptions,
): Promise<CheckedPlan> {
  const misfits: string[] = []
  const check = { plan, store, call, misfits }
  const remaining = {
    added: await checkAdded(check),
    changed: await checkChanged(check),
    aliases: await checkAliases(check),
    agentModels: await checkAgentModels(check),
  }
  return { remaining, misfits }
}

interface Check {
  readonly plan: ImportPlan
  readonly store: Store
  readonly call: CallOptions | undefined
  readonly misfits: string[]
}

async function checkAdded({ plan, store, call, misfits }: Check): Promise<readonly PlannedModel[]> {
  const providers = new Set((await store.providers.list(call)).map((provider) => provider.id))
  const remaining: PlannedModel[] = []
  for (const model of plan.added) {
    const stored = await store.models.get(model.id, call)
    if (stored !== undefined) {
      if (timeless(stored) !== timeless(model)) misfits.push(`${model.id} is there by now.`)
    } else if (!providers.has(model.providerId)) {
      misfits.push(`Provider ${model.providerId} is gone.`)
    } else if (!isModel({ ...model, createdAtMs: 0, updatedAtMs: 0 })) {
      misfits.push(`${model.id} is no valid model.`)
    } else {
      remaining.push(model)
    }
  }
  return remaining
}

async function checkChanged({ plan, store, call, misfits }: Check): Promise<readonly Model[]> {
  const remaining: Model[] = []
  for (const { modelId, changes } of plan.changed) {
    const stored = await store.models.get(modelId, call)
    if (stored === undefined) {
      misfits.push(`${modelId} is gone.`)
      continue
    }
    const now = changes.map(({ field }) => canonicalJson(stored[field as keyof Model] ?? null))
    const isDone = changes.every(({ to }, index) => now[index] === canonicalJson(to))
    // What an administrator set would come back as the model's own if the row were written.
    const fits =
      stored.overrides === undefined &&
      changes.every(({ from }, index) => now[index] === canonicalJson(from))
    const next = patched(stored, changes)
    if (isDone) continue
    if (fits && isModel(next) && next.id === modelId) remaining.push(next)
    else misfits.push(`${modelId} has changed.`)
  }
  return remaining
}

async function checkAliases(check: Check): Promise<ImportPlan['aliases']> {
  const { plan, store, call, misfits } = check
  const added = new Set(plan.added.map((model) => model.id))
  const remaining: ImportPlan['aliases'][number][] = []
  for (const alias of plan.aliases) {
    const stored = await store.models.getAlias(alias.name, call)
    const now = stored === undefined ? null : meaningOf(stored)
    if (isSameMeaning(now, alias.to)) continue
    const { modelId } = alias.to
    if (!isSameMeaning(now, alias.from)) {
      misfits.push(`The name ${alias.name} means something else by now.`)
    } else if (!added.has(modelId) && (await store.models.get(modelId, call)) === undefined) {
      misfits.push(`${modelId}, which ${alias.name} shall mean, is gone.`)
    } else {
      remaining.push(alias)
    }
  }
  return remaining
}

async function checkAgentModels(check: Check): Promise<ImportPlan['agentModels']> {
  const { plan, store, call, misfits } = check
  const remaining: ImportPlan['agentModels'][number][] = []
  const agents = new Map<string, ReadonlyMap<string, AgentModelState>>()
  for (const row of plan.agentModels) {
    const { tenantId, agentId, modelId } = row
    const key = JSON.stringify([tenantId, agentId])
    const states =
      agents.get(key) ??
      new Map(
        (await store.agentModels.list({ tenantId, agentId }, call)).map((stored) => [
          stored.modelId,
          stateOf(stored),
        ]),
      )
    agents.set(key, states)
    const now = states.get(modelId) ?? null
    if (isSameState(now, row.to)) continue
    if (isSameState(now, row.from)) remaining.push(row)
    else misfits.push(`The row of agent ${agentId} for ${modelId} has changed.`)
  }
  return remaining
}

function isModel(value: unknown): boolean {
  return modelSchema.safeParse(value).success
}

/** A model without its times, as comparable text. */
function timeless(model: PlannedModel | Model): string {
  const times = { syncedAtMs: undefined, createdAtMs: undefined, updatedAtMs: undefined }
  return canonicalJson({ ...model, ...times })
}
