import type { CallOptions, Provider, RouterEvent, Runtime, SecretStore, Store } from '@imrs/core'
import { DEFAULT_COST_TIER_BOUNDS, ImrsError, toModelId } from '@imrs/core'

import { Connections } from './connections.ts'
import { HealthTracker } from './health/health-tracker.ts'
import type { CacheTimes, CatalogOptions } from './options.ts'
import type { CredentialStatus } from './providers-contract.ts'
import { SyncScheduler } from './sync-scheduler.ts'
import type { UserKeyOptions } from './user-keys.ts'
import { UserLists } from './user-lists.ts'

const DEFAULT_CACHE_TIMES: Readonly<Record<keyof CacheTimes, number>> = Object.freeze({
  listMs: 600_000,
  healthMs: 30_000,
})

function defined(times: CacheTimes): Partial<Record<keyof CacheTimes, number>> {
  return Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined))
}

/** What the catalogue is made of; each of its faces uses some. */
export interface CatalogParts {
  readonly store: Store
  readonly secrets: SecretStore
  readonly emit: (event: RouterEvent) => void
  readonly runtime: Runtime
  readonly tracker: HealthTracker
  readonly connections: Connections
  readonly scheduler: SyncScheduler
  readonly userLists: UserLists
  readonly allowUserKeys: boolean
  readonly allowPrivateNetworks: boolean
  readonly healthTtlMs: number
}

export function createCatalogParts(options: CatalogOptions): CatalogParts {
  const { store, secrets, definitions, families = {}, runtime, emit } = options
  const { costTierBounds = DEFAULT_COST_TIER_BOUNDS } = options
  const names = new Map(options.models.map((seed) => [toModelId(seed), seed.displayName]))
  const reading = { names, costTierBounds }
  const times = { ...DEFAULT_CACHE_TIMES, ...defined(options.cacheTimes ?? {}) }
  const tracker = new HealthTracker({ store, runtime, emit })
  const connections = new Connections({ definitions, families, secrets, runtime })
  const scheduler = new SyncScheduler({
    store,
    runtime,
    emit,
    connections,
    health: tracker,
    reading,
    listTtlMs: times.listMs,
  })
  const userLists = new UserLists({ runtime, emit, reading, listTtlMs: times.listMs })
  const { allowUserKeys = false } = options
  return {
    store,
    secrets,
    emit,
    runtime,
    tracker,
    connections,
    scheduler,
    userLists,
    allowUserKeys,
    allowPrivateNetworks: options.allowPrivateNetworks ?? false,
    healthTtlMs: times.healthMs,
  }
}

/** @throws ImrsError `unknown-provider` that names the valid ones. */
export async function getProvider(
  store: Store,
  providerId: string,
  options?: CallOptions,
): Promise<Provider> {
  const provider = await store.providers.get(providerId, options)
  if (provider !== undefined) return provider
  const ids = (await store.providers.list(options)).map(({ id }) => id).join(', ')
  throw new ImrsError(
    'unknown-provider',
    `There is no provider ${JSON.stringify(providerId)}. Valid ones: ${ids}.`,
    { field: 'provider' },
  )
}

/** A secret store that cannot tell makes one provider unusable, not the list. */
export async function credentialOrReason(
  { connections }: CatalogParts,
  provider: Provider,
  options?: UserKeyOptions,
): Promise<CredentialStatus> {
  try {
    return await connections.credentialOf(provider, options)
  } catch (error) {
    if (!ImrsError.is(error)) throw error
    return { isPresent: false, instruction: error.message }
  }
}
