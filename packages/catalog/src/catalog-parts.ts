import type { CallOptions, Provider, RouterEvent, Runtime, SecretStore, Store } from '@imrs/core'
import { ImrsError, toModelId } from '@imrs/core'

import type { CredentialStatus } from './catalog.ts'
import { Connections } from './connections.ts'
import type { CatalogOptions } from './create-catalog.ts'
import { HealthTracker } from './health/health-tracker.ts'
import { SyncScheduler } from './sync-scheduler.ts'
import type { UserKeyOptions } from './user-keys.ts'
import { UserLists } from './user-lists.ts'

/** How old a list may grow before it is read again: ten minutes. */
const DEFAULT_LIST_TTL_MS = 600_000

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
}

export function createCatalogParts(options: CatalogOptions): CatalogParts {
  const { store, secrets, definitions, families = {}, runtime, emit } = options
  const names = new Map(options.models.map((seed) => [toModelId(seed), seed.displayName]))
  const tracker = new HealthTracker({ store, runtime, emit })
  const connections = new Connections({ definitions, families, secrets, runtime })
  const scheduler = new SyncScheduler({
    store,
    runtime,
    emit,
    connections,
    health: tracker,
    names,
    listTtlMs: DEFAULT_LIST_TTL_MS,
  })
  const userLists = new UserLists({ runtime, names })
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
