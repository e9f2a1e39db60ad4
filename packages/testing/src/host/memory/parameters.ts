import { CATALOG_TOPIC, agentTopic } from '@imrs/core'
import type { AuditedOptions, ParameterDefaultsKey, ParameterRepository } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { audit, begin, keyOf, raiseVersion, toDetails } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { compareText } from './text-order.ts'

export function memoryParameters(data: MemoryData): ParameterRepository {
  return {
    put: async (defaults, options) => {
      begin(data, options)
      data.parameterDefaults.set(nameOf(defaults), frozenCopy(defaults))
      const { parameters } = defaults
      recordChange(data, defaults, {
        action: 'parameter-defaults-put',
        details: { parameters },
        given: options?.audit,
      })
    },
    get: async (key, options) => {
      begin(data, options)
      return data.parameterDefaults.get(nameOf(key))
    },
    delete: async (key, options) => {
      begin(data, options)
      if (!data.parameterDefaults.delete(nameOf(key))) return false
      const action = 'parameter-defaults-deleted'
      recordChange(data, key, { action, details: {}, given: options?.audit })
      return true
    },
    list: async ({ tenantId, agentId }, options) => {
      begin(data, options)
      return [...data.parameterDefaults.values()]
        .filter((row) => row.tenantId === tenantId)
        .filter(
          (row) => agentId === undefined || row.agentId === undefined || row.agentId === agentId,
        )
        .sort(
          (left, right) =>
            compareText(left.agentId ?? '', right.agentId ?? '') ||
            compareText(left.modelId ?? '', right.modelId ?? ''),
        )
    },
  }
}

function nameOf({ tenantId, agentId = '', modelId = '' }: ParameterDefaultsKey): string {
  return keyOf(tenantId, agentId, modelId)
}

interface Change {
  readonly action: string
  readonly details: object
  readonly given: AuditedOptions['audit']
}

function recordChange(
  data: MemoryData,
  { tenantId, agentId, modelId }: ParameterDefaultsKey,
  { action, details, given }: Change,
): void {
  raiseVersion(data, agentId === undefined ? CATALOG_TOPIC : agentTopic({ tenantId, agentId }))
  if (given === undefined) return
  audit(data, {
    tenantId,
    action,
    subject: `${agentId ?? '*'}/${modelId ?? '*'}`,
    actor: given.by,
    details: toDetails({ agentId, modelId, ...details }),
    atMs: given.atMs,
  })
}
