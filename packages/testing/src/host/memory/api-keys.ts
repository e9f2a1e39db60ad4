import { API_KEYS_TOPIC, ImrsError } from '@imrs/core'
import type { ApiKey, ApiKeyRepository, AuditedOptions } from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { frozenCopy } from './frozen-copy.ts'
import { audit, begin, raiseVersion, toDetails } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { compareText } from './text-order.ts'

export function memoryApiKeys(data: MemoryData): ApiKeyRepository {
  return {
    create: async (key, options) => {
      begin(data, options)
      if (data.apiKeys.has(key.id)) {
        throw new ImrsError('conflict', 'There is a key of this id already.')
      }
      data.apiKeys.set(key.id, frozenCopy(key))
      const { label, roles, agentIds, expiresAtMs } = key
      const details = { label, roles, agentIds, expiresAtMs }
      record(data, key, { action: 'api-key-created', details, given: options?.audit })
    },
    get: async (id, options) => {
      begin(data, options)
      return data.apiKeys.get(id)
    },
    list: async ({ tenantId, beforeId, limit = 50 }, options) => {
      begin(data, options)
      assertCount('limit', limit, 200)
      return [...data.apiKeys.values()]
        .filter((key) => key.tenantId === tenantId)
        .filter((key) => beforeId === undefined || compareText(key.id, beforeId) < 0)
        .sort((left, right) => compareText(right.id, left.id))
        .slice(0, limit)
    },
    revoke: async ({ id, tenantId, atMs }, options) => {
      begin(data, options)
      const key = data.apiKeys.get(id)
      if (key === undefined || (tenantId !== undefined && key.tenantId !== tenantId))
        return undefined
      if (key.revokedAtMs !== undefined) return key
      const revoked = frozenCopy({ ...key, revokedAtMs: atMs })
      data.apiKeys.set(id, revoked)
      raiseVersion(data, API_KEYS_TOPIC)
      const details = { label: key.label }
      record(data, key, { action: 'api-key-revoked', details, given: options?.audit })
      return revoked
    },
    touch: async ({ id, atMs }, options) => {
      begin(data, options)
      const key = data.apiKeys.get(id)
      if (key === undefined || (key.lastUsedAtMs ?? -1) >= atMs) return
      data.apiKeys.set(id, frozenCopy({ ...key, lastUsedAtMs: atMs }))
    },
  }
}

interface Change {
  readonly action: string
  readonly details: object
  readonly given: AuditedOptions['audit']
}

function record(data: MemoryData, key: ApiKey, { action, details, given }: Change): void {
  if (given === undefined) return
  audit(data, {
    tenantId: key.tenantId,
    action,
    subject: key.id,
    actor: given.by,
    details: toDetails(details),
    atMs: given.atMs,
  })
}
