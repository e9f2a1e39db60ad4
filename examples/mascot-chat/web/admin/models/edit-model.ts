import type { AdminApi } from '../api/admin-api.ts'
import type { ModelChangesBody, ModelDetailWire } from '../api/wire.ts'

/** A change that was made, and the way back. */
export interface ModelEdit {
  readonly model: ModelDetailWire
  /** Sets what was set before, and what was not set goes back to what the list says. */
  readonly undo: () => Promise<ModelDetailWire>
}

/** Fields that are changed in place. */
export type EditableField =
  | 'priority'
  | 'cost_tier'
  | 'is_available'
  | 'capabilities'
  | 'display_name'

/** Changes fields of a model. What somebody set before is read first, for the undo. */
export async function editModel(
  api: AdminApi,
  id: string,
  changes: Partial<Record<EditableField, ModelChangesBody[EditableField]>>,
): Promise<ModelEdit> {
  const before = await api.model(id)
  const model = await api.changeModel(id, changes as ModelChangesBody)
  const names = Object.keys(changes) as EditableField[]
  const back = Object.fromEntries(
    names.map((name) => [name, before.overridden.includes(name) ? before[name] : null]),
  )
  return { model, undo: () => api.changeModel(id, back as ModelChangesBody) }
}
