import type { Model } from '@imrs/core'

import type { FieldChange } from '../import-plan.ts'

/** The model with the changes made; a field that becomes `null` is left out. */
export function patched(model: Model, changes: readonly FieldChange[]): Model {
  const fields = new Map<string, unknown>(Object.entries(model))
  for (const { field, to } of changes) {
    if (to === null) fields.delete(field)
    else fields.set(field, to)
  }
  // Whoever asks checks the result against the schema, as a plan may have been stored and edited.
  return Object.fromEntries(fields) as unknown as Model
}
