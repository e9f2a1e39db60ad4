import { CATALOG_TOPIC, changedProvider } from '@imrs/core'
import type {
  HealthChangeQuery,
  HealthStatus,
  Provider,
  ProviderChange,
  ProviderHealth,
  ProviderHealthChange,
  ProviderRepository,
} from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { frozenCopy } from './frozen-copy.ts'
import { audit, begin, raiseVersion, toDetails } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { effectiveModels } from './models.ts'
import { sortedBy } from './text-order.ts'

export function memoryProviders(data: MemoryData): ProviderRepository {
  return {
    put: async (provider, options) => {
      begin(data, options)
      const stored = data.providers.get(provider.id)
      const { createdAtMs, lastSyncedAtMs } = stored ?? provider
      data.providers.set(provider.id, frozenCopy({ ...provider, createdAtMs, lastSyncedAtMs }))
      raiseVersion(data, CATALOG_TOPIC)
      if (options?.audit === undefined) return
      const { by: actor, atMs } = options.audit
      const details = { origin: provider.origin }
      audit(data, { action: 'provider-put', subject: provider.id, actor, details, atMs })
    },
    update: async (providerId, change, options) => {
      begin(data, options)
      const stored = data.providers.get(providerId)
      return stored === undefined ? undefined : update(data, stored, frozenCopy(change))
    },
    modelCounts: async (options) => {
      begin(data, options)
      const groups = Map.groupBy(effectiveModels(data), (model) => model.providerId)
      const counts = [...groups].map(([providerId, models]) => ({
        providerId,
        models: models.length,
        available: models.filter((model) => model.isAvailable).length,
      }))
      return sortedBy(counts, (count) => count.providerId)
    },
    get: async (providerId, options) => {
      begin(data, options)
      return data.providers.get(providerId)
    },
    list: async (options) => {
      begin(data, options)
      return sortedBy(data.providers.values(), (provider) => provider.id)
    },
    putHealth: async (health, options) => {
      begin(data, options)
      const stored = data.health.get(health.providerId)
      if (stored !== undefined && stored.checkedAtMs > health.checkedAtMs) return
      data.health.set(health.providerId, frozenCopy(health))
      keepChange(data, stored?.status ?? 'healthy', health)
    },
    listHealth: async (options) => {
      begin(data, options)
      return sortedBy(data.health.values(), (health) => health.providerId)
    },
    listHealthChanges: async (query, options) => {
      begin(data, options)
      return listHealthChanges(data, query ?? {})
    },
  }
}

function keepChange(
  data: MemoryData,
  from: HealthStatus,
  { providerId, status: to, checkedAtMs: atMs, error }: ProviderHealth,
): void {
  if (from === to) return
  const seq = data.healthChanges.length + 1
  const change = { seq, providerId, atMs, from, to }
  data.healthChanges.push(frozenCopy(error === undefined ? change : { ...change, error }))
}

function listHealthChanges(
  data: MemoryData,
  { providerId, fromMs = -Infinity, toMs = Infinity, beforeSeq, limit = 100 }: HealthChangeQuery,
): readonly ProviderHealthChange[] {
  assertCount('limit', limit, 1_000)
  return data.healthChanges
    .filter((change) => providerId === undefined || change.providerId === providerId)
    .filter(({ atMs }) => atMs >= fromMs && atMs < toMs)
    .filter(({ seq }) => beforeSeq === undefined || seq < beforeSeq)
    .toReversed()
    .slice(0, limit)
}

function update(data: MemoryData, stored: Provider, change: ProviderChange): Provider {
  const changed = changedProvider(stored, change)
  if (changed === stored) return stored
  const written = frozenCopy(changed)
  data.providers.set(stored.id, written)
  const { set, clear, keyWritten, by: actor, atMs } = change
  const details = toDetails({ set, clear, keyWritten })
  audit(data, { action: 'provider-changed', subject: stored.id, actor, details, atMs })
  raiseVersion(data, CATALOG_TOPIC)
  return written
}
