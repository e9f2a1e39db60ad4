import { OVERRIDABLE_FIELDS } from './model.ts'
import type { Model, ModelOverrides, OverridableField } from './model.ts'

const FIELDS = [...OVERRIDABLE_FIELDS, 'unavailableReason'] as const

/** The overridable part of a model: what is kept of the provider's side while something is set. */
export function overridableOf(model: Model): ModelOverrides {
  return picked(model, FIELDS)
}

/** The model as it is for everyone: what was set wins. `model` is the provider's side. */
export function withOverrides(model: Model, overrides: ModelOverrides | undefined): Model {
  const { overrides: _old, ...synced } = model
  if (overrides === undefined) return synced
  const set = picked(overrides, FIELDS)
  const reason = set.isAvailable === undefined ? synced : set
  return {
    ...synced,
    ...set,
    unavailableReason: reason.unavailableReason,
    overrides: set,
  } as Model
}

/** The provider's side of a model, given its overridable part. */
export function withoutOverrides(model: Model, synced: ModelOverrides): Model {
  const { overrides: _set, ...rest } = model
  // Every field that a model must have is in what was kept of its own.
  return { ...rest, ...Object.fromEntries(FIELDS.map((field) => [field, synced[field]])) } as Model
}

/** What is set after a change; `undefined` when nothing is any more. */
export function changedOverrides(
  current: ModelOverrides | undefined,
  {
    set = {},
    clear = [],
  }: { set?: ModelOverrides | undefined; clear?: readonly OverridableField[] | undefined },
): ModelOverrides | undefined {
  const reasonKept = set.isAvailable === undefined ? current?.unavailableReason : undefined
  const all = {
    ...current,
    unavailableReason: reasonKept,
    ...picked(set, FIELDS),
  }
  const cleared: readonly string[] = clear
  const left = OVERRIDABLE_FIELDS.filter((field) => !cleared.includes(field))
  const next = picked(all, left)
  if (Object.keys(next).length === 0) return undefined
  const reason = all.unavailableReason
  return next.isAvailable === undefined || reason === undefined
    ? next
    : { ...next, unavailableReason: reason }
}

function picked(from: ModelOverrides, fields: readonly (typeof FIELDS)[number][]): ModelOverrides {
  return Object.fromEntries(
    fields.filter((field) => from[field] !== undefined).map((field) => [field, from[field]]),
  )
}
