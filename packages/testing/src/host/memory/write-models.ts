import { CATALOG_TOPIC, canonicalJson, changedOverrides } from '@imrs/core'
import type { Model, ModelOverrideChange, ModelRepository } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { audit, begin, effectiveModel, raiseVersion, toDetails } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'

/** The part of the model repository by which people change it. */
export function memoryModelWrites(data: MemoryData): Pick<ModelRepository, 'put' | 'setOverrides'> {
  return {
    put: async (model, options) => {
      begin(data, options)
      const createdAtMs = data.models.get(model.id)?.createdAtMs ?? model.createdAtMs
      const { overrides: _ignored, ...given } = model
      data.models.set(model.id, frozenCopy({ ...given, createdAtMs }))
      raiseVersion(data, CATALOG_TOPIC)
      if (options?.audit === undefined) return
      const { by: actor, atMs } = options.audit
      const details = toDetails({ origin: model.origin })
      audit(data, { action: 'model-put', subject: model.id, actor, details, atMs })
    },
    setOverrides: async (modelId, change, options) => {
      begin(data, options)
      const model = data.models.get(modelId)
      return model === undefined ? undefined : setOverrides(data, model, frozenCopy(change))
    },
  }
}

function setOverrides(data: MemoryData, model: Model, change: ModelOverrideChange): Model {
  const current = data.overrides.get(model.id)
  const next = changedOverrides(current, change)
  if (canonicalJson(current) === canonicalJson(next)) return effectiveModel(data, model)
  if (next === undefined) data.overrides.delete(model.id)
  else data.overrides.set(model.id, frozenCopy(next))
  const touched = frozenCopy({ ...model, updatedAtMs: change.atMs })
  data.models.set(model.id, touched)
  audit(data, {
    action: 'model-overrides-changed',
    subject: model.id,
    actor: change.by,
    details: toDetails({ set: change.set, clear: change.clear }),
    atMs: change.atMs,
  })
  raiseVersion(data, CATALOG_TOPIC)
  return effectiveModel(data, touched)
}
