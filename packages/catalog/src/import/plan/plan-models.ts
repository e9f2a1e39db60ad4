import type { JsonValue, Model } from '@imrs/core'
import { DEFAULT_PRIORITY, canonicalJson, costTierOf, modelSchema } from '@imrs/core'

import { patched } from '../apply/patched.ts'
import type { FieldChange, PlannedModel, PlannedModelChange } from '../import-plan.ts'
import type { ImportedModel } from '../import-source.ts'
import { stated } from '../read/read-model.ts'
import { idOf } from '../read/source-builder.ts'
import type { PlanContext } from './plan-context.ts'

/** Why a model that was switched off in the source is not available. */
const SWITCHED_OFF = 'It was switched off where it was imported from.'

/** What becomes of the models of a source. */
export interface PlannedModels {
  readonly added: readonly PlannedModel[]
  readonly changed: readonly PlannedModelChange[]
  /** Models of the source that are or will be in the catalogue, by id. */
  readonly accepted: ReadonlyMap<string, ImportedModel>
}

/** Compares each model of the source with the stored one. */
export async function planModels(context: PlanContext): Promise<PlannedModels> {
  const added: PlannedModel[] = []
  const changed: PlannedModelChange[] = []
  const accepted = new Map<string, ImportedModel>()
  for (const model of context.source.models) {
    const stored = await context.store.models.get(idOf(model), context.call)
    const outcome = outcomeOf(context, model, stored)
    if (outcome.kind === 'refused') {
      context.ledger.refuse(model.row, outcome.reason)
      continue
    }
    accepted.set(idOf(model), model)
    context.ledger.take(model.row)
    if (outcome.kind === 'added') added.push(outcome.model)
    if (outcome.kind === 'changed') changed.push(outcome.change)
    if (outcome.kind === 'left-alone') {
      const { row } = model
      context.ledger.leaveAlone({ row, name: idOf(model), reason: outcome.reason })
    }
  }
  return { added, changed, accepted }
}

type Outcome =
  | { readonly kind: 'added'; readonly model: PlannedModel }
  | { readonly kind: 'changed'; readonly change: PlannedModelChange }
  | { readonly kind: 'left-alone' | 'refused'; readonly reason: string }

function outcomeOf(context: PlanContext, model: ImportedModel, stored: Model | undefined): Outcome {
  if (!context.providers.has(model.providerId)) {
    const reason = `Provider ${model.providerId} is missing: add it, then plan again.`
    return { kind: 'refused', reason }
  }
  if (stored === undefined) {
    const planned = toNew(model)
    const reason = problemOf({ ...planned, createdAtMs: 0, updatedAtMs: 0 })
    return reason === undefined ? { kind: 'added', model: planned } : { kind: 'refused', reason }
  }
  if (stored.origin === 'code') {
    return { kind: 'left-alone', reason: 'The host’s code declares it, and code wins.' }
  }
  if (stored.overrides !== undefined) {
    return { kind: 'left-alone', reason: 'An administrator has edited it, and that stays.' }
  }
  const changes = changesOf(model, stored)
  if (changes.length === 0) return { kind: 'left-alone', reason: unchangedBecause(stored) }
  const reason = problemOf(patched(stored, changes))
  const change = { row: model.row, modelId: stored.id, changes }
  return reason === undefined ? { kind: 'changed', change } : { kind: 'refused', reason }
}

function unchangedBecause(stored: Model): string {
  return stored.syncedAtMs === undefined
    ? 'Nothing differs.'
    : 'Its provider’s list decides everything but priority and domains, and those do not differ.'
}

function toNew(model: ImportedModel): PlannedModel {
  const { row: _row, isActive, ...fields } = model
  const pricing = fields.pricing ?? {}
  return stated({
    ...fields,
    displayName: fields.displayName ?? fields.externalId,
    modelType: fields.modelType ?? 'chat',
    capabilities: fields.capabilities ?? ['text'],
    priority: fields.priority ?? DEFAULT_PRIORITY,
    domains: fields.domains ?? [],
    pricing,
    costTier: fields.costTier ?? costTierOf(pricing),
    id: idOf(model),
    origin: 'manual',
    ...availability(isActive),
  })
}

function availability(
  isActive: boolean | undefined,
): Pick<Model, 'isAvailable' | 'unavailableReason'> {
  return isActive === false
    ? { isAvailable: false, unavailableReason: SWITCHED_OFF }
    : { isAvailable: true }
}

/** Fields as the source has them; `undefined` is not stated. */
type Wanted = { readonly [Field in keyof Model]?: Model[Field] | undefined }

/** What a provider's list has confirmed stays the list's; only what people decide is taken over. */
function changesOf(model: ImportedModel, stored: Model): readonly FieldChange[] {
  const wanted: Wanted =
    stored.syncedAtMs === undefined
      ? ownFields(model, stored)
      : { priority: model.priority, domains: model.domains }
  const changes: FieldChange[] = []
  for (const [field, value] of Object.entries(stated(wanted))) {
    const from = toJson(stored[field as keyof Model])
    const to = toJson(value)
    if (canonicalJson(from) !== canonicalJson(to)) changes.push({ field, from, to })
  }
  return [...changes, ...switchedOn(model, stored)]
}

function ownFields(model: ImportedModel, stored: Model): Wanted {
  const { row: _row, isActive, metadata: _metadata, ...fields } = model
  const pricing = fields.pricing ?? stored.pricing
  const costTier =
    fields.costTier ?? (fields.pricing === undefined ? undefined : costTierOf(pricing))
  return { ...fields, costTier, ...(isActive === false ? availability(false) : {}) }
}

/** What an earlier import switched off, a later one switches on again; other reasons stay. */
function switchedOn(model: ImportedModel, stored: Model): readonly FieldChange[] {
  const wasOff = !stored.isAvailable && stored.unavailableReason === SWITCHED_OFF
  if (model.isActive !== true || !wasOff || stored.syncedAtMs !== undefined) return []
  return [
    { field: 'isAvailable', from: false, to: true },
    { field: 'unavailableReason', from: SWITCHED_OFF, to: null },
  ]
}

/** Fields of a model are JSON, or absent. */
function toJson(value: unknown): JsonValue {
  return (value ?? null) as JsonValue
}

function problemOf(model: Model): string | undefined {
  const result = modelSchema.safeParse(model)
  if (result.success) return undefined
  const fields = new Set(result.error.issues.map((issue) => issue.path.join('.')))
  return `These of its fields are out of bounds: ${[...fields].join(', ')}.`
}
