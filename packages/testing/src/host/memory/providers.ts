import { CATALOG_TOPIC } from '@imrs/core'
import type { ProviderRepository } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { begin, raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { sortedBy } from './text-order.ts'

export function memoryProviders(data: MemoryData): ProviderRepository {
  return {
    put: async (provider, options) => {
      begin(data, options)
      const stored = data.providers.get(provider.id)
      const { createdAtMs, lastSyncedAtMs } = stored ?? provider
      data.providers.set(provider.id, frozenCopy({ ...provider, createdAtMs, lastSyncedAtMs }))
      raiseVersion(data, CATALOG_TOPIC)
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
    },
    listHealth: async (options) => {
      begin(data, options)
      return sortedBy(data.health.values(), (health) => health.providerId)
    },
  }
}
