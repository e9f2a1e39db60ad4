import { assertEventNumber, assertTime } from '@imrs/core'
import type { CallOptions, Provider } from '@imrs/core'

import { getProvider } from './catalog-parts.ts'
import type { CatalogParts } from './catalog-parts.ts'
import type { HealthApi } from './catalog.ts'
import { HealthProbes } from './health/health-probes.ts'
import { manageProviders } from './manage-providers.ts'
import type { ProvidersApi } from './providers-contract.ts'

export function providersApi(parts: CatalogParts): ProvidersApi {
  const { store, connections, scheduler } = parts
  const get = (providerId: string, options?: CallOptions): Promise<Provider> =>
    getProvider(store, providerId, options)
  return {
    ...manageProviders({ ...parts, get }),
    list: (options) => store.providers.list(options),
    modelCounts: (options) => store.providers.modelCounts(options),
    get,
    sync: async (providerId, options) => scheduler.sync(await get(providerId, options), options),
    credential: async (providerId, options) =>
      connections.credentialOf(await get(providerId, options), options),
    check: async (providerId, options) => {
      const { adapter } = await connections.connect(await get(providerId, options), options)
      await adapter.checkCredential(options)
    },
  }
}

export function healthApi(parts: CatalogParts): HealthApi {
  const probes = new HealthProbes(parts)
  return {
    list: async () => parts.tracker.list(),
    check: async (providerId, options) => {
      const provider = await getProvider(parts.store, providerId, options)
      return probes.check(provider, options)
    },
    history: async (query, options) => {
      assertTime('fromMs', query?.fromMs)
      assertTime('toMs', query?.toMs)
      assertEventNumber('beforeSeq', query?.beforeSeq)
      await parts.tracker.settled(options?.signal)
      return parts.store.providers.listHealthChanges(query, options)
    },
  }
}
