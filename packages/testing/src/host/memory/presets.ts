import { MAX_PRESETS, presetsTopic, tooManyPresets } from '@imrs/core'
import type { AuditedOptions, PresetKey, PresetRepository } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { audit, begin, keyOf, raiseVersion, toDetails } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { compareText } from './text-order.ts'

export function memoryPresets(data: MemoryData): PresetRepository {
  return {
    put: async (preset, options) => {
      begin(data, options)
      const name = keyOf(preset.tenantId, preset.id)
      const { length } = presetsOf(data, preset.tenantId)
      if (!data.presets.has(name) && length >= MAX_PRESETS) throw tooManyPresets()
      const { requiredCapabilities: required, ...rest } = preset
      const hasRequired = required !== undefined && required.length > 0
      data.presets.set(
        name,
        frozenCopy(hasRequired ? { ...rest, requiredCapabilities: required } : rest),
      )
      const { models, choice } = preset
      recordChange(data, preset, {
        action: 'preset-put',
        details: { models, choice, requiredCapabilities: required },
        given: options?.audit,
      })
    },
    delete: async (key, options) => {
      begin(data, options)
      if (!data.presets.delete(keyOf(key.tenantId, key.id))) return false
      recordChange(data, key, { action: 'preset-deleted', details: {}, given: options?.audit })
      return true
    },
    list: async (tenantId, options) => {
      begin(data, options)
      return presetsOf(data, tenantId).sort((left, right) => compareText(left.id, right.id))
    },
  }
}

function presetsOf(data: MemoryData, tenantId: string) {
  return [...data.presets.values()].filter((preset) => preset.tenantId === tenantId)
}

interface Change {
  readonly action: string
  readonly details: object
  readonly given: AuditedOptions['audit']
}

function recordChange(
  data: MemoryData,
  { tenantId, id }: PresetKey,
  { action, details, given }: Change,
): void {
  raiseVersion(data, presetsTopic(tenantId))
  if (given === undefined) return
  audit(data, {
    tenantId,
    action,
    subject: id,
    actor: given.by,
    details: toDetails(details),
    atMs: given.atMs,
  })
}
