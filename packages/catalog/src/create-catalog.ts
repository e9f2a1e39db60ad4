import type {
  CallOptions,
  Model,
  ModelsResponse,
  Provider,
  ProviderAdapter,
  ProviderDefinition,
  ProviderFamily,
  ProviderType,
  RouterEvent,
  Runtime,
  SecretStore,
  Store,
} from '@imrs/core'
import { ImrsError } from '@imrs/core'

import type {
  Catalog,
  CredentialStatus,
  HealthApi,
  ModelSeed,
  ModelsApi,
  ProvidersApi,
  ResolvedModel,
  ResolveModel,
} from './catalog.ts'
import { Connections } from './connections.ts'
import { HealthProbes } from './health/health-probes.ts'
import { HealthTracker } from './health/health-tracker.ts'
import { manageProviders } from './manage-providers.ts'
import type { ProviderView } from './model-status.ts'
import { toModelsResponse } from './models-response.ts'
import { findMigration, resolveModel } from './resolve-model.ts'
import { seedStore } from './seed.ts'
import { SyncScheduler } from './sync-scheduler.ts'

/** How old a list may grow before it is read again: ten minutes. */
const DEFAULT_LIST_TTL_MS = 600_000

export interface CatalogOptions {
  /** Already migrated; stays the caller's. */
  readonly store: Store
  /** Stays the caller's. */
  readonly secrets: SecretStore
  readonly definitions: readonly ProviderDefinition[]
  /** Who speaks for providers made at run time, by type. Default: none, so none can be made. */
  readonly families?: Readonly<Partial<Record<ProviderType, ProviderFamily>>> | undefined
  readonly models: readonly ModelSeed[]
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
}

/** The catalogue, and what the router needs of it besides. */
export interface CatalogHandle extends Catalog {
  readonly tracker: HealthTracker
  /** @throws ImrsError `missing-credential` that says what to set. */
  connect(provider: Provider, options?: CallOptions): Promise<ProviderAdapter>
  credentialOf(provider: Provider, options?: CallOptions): Promise<CredentialStatus>
  resolve(name: ResolveModel, options?: CallOptions): Promise<ResolvedModel>
  /** Where a model went by itself; `undefined` when nowhere. */
  migrationOf(modelId: string, options?: CallOptions): Promise<Model | undefined>
  /** Reads lists that were never read, all at once, and resolves when they are in or failed. Old ones are read behind the scenes. */
  firstSync(options?: CallOptions): Promise<void>
  /** Reads all lists again and again, until the signal aborts; see {@link refreshRegularly}. */
  refreshRegularly(everyMs: number, signal: AbortSignal): Promise<void>
  /** Ends what is under way. */
  close(): Promise<void>
}

/** Writes what the code declares into the store and gives the catalogue on it. */
export async function createCatalog(options: CatalogOptions): Promise<CatalogHandle> {
  const parts = createParts(options)
  await seedStore({ ...options, atMs: options.runtime.now() })
  parts.tracker.restore(await options.store.providers.listHealth())
  return {
    tracker: parts.tracker,
    providers: providersApi(parts),
    models: modelsApi(parts),
    health: healthApi(parts),
    connect: (provider, call) => parts.connections.connect(provider, call),
    credentialOf: (provider, call) => parts.connections.credentialOf(provider, call),
    resolve: (name, call) => resolveModel(parts.store, name, call),
    migrationOf: async (modelId, call) => (await findMigration(parts.store, modelId, call))?.model,
    firstSync: (call) => firstSync(parts, call),
    refreshRegularly: (everyMs, signal) => refreshRegularly(parts, everyMs, signal),
    close: async () => {
      await parts.scheduler.close()
      await parts.tracker.settled()
    },
  }
}

interface Parts {
  readonly store: Store
  readonly secrets: SecretStore
  readonly emit: (event: RouterEvent) => void
  readonly runtime: Runtime
  readonly tracker: HealthTracker
  readonly connections: Connections
  readonly scheduler: SyncScheduler
}

function createParts(options: CatalogOptions): Parts {
  const { store, secrets, definitions, families = {}, runtime, emit } = options
  const tracker = new HealthTracker({ store, runtime, emit })
  const connections = new Connections({ definitions, families, secrets, runtime })
  const scheduler = new SyncScheduler({
    store,
    runtime,
    emit,
    connections,
    health: tracker,
    listTtlMs: DEFAULT_LIST_TTL_MS,
  })
  return { store, secrets, emit, runtime, tracker, connections, scheduler }
}

async function getProvider(
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

function providersApi(parts: Parts): ProvidersApi {
  const { store, connections, scheduler } = parts
  const get = (providerId: string, options?: CallOptions): Promise<Provider> =>
    getProvider(store, providerId, options)
  return {
    ...manageProviders({ ...parts, get }),
    list: (options) => store.providers.list(options),
    get,
    sync: async (providerId, options) => scheduler.sync(await get(providerId, options), options),
    credential: async (providerId, options) =>
      connections.credentialOf(await get(providerId, options), options),
    check: async (providerId, options) => {
      const adapter = await connections.connect(await get(providerId, options), options)
      await adapter.checkCredential(options)
    },
  }
}

function healthApi(parts: Parts): HealthApi {
  const probes = new HealthProbes(parts)
  return {
    list: async () => parts.tracker.list(),
    check: async (providerId, options) => {
      const provider = await getProvider(parts.store, providerId, options)
      return probes.check(provider, options)
    },
  }
}

function modelsApi(parts: Parts): ModelsApi {
  return {
    list: (query, options) => parts.store.models.list(query, options),
    get: async (modelId, options) => {
      const model = await parts.store.models.get(modelId, options)
      if (model !== undefined) return model
      throw new ImrsError('not-found', `There is no model ${JSON.stringify(modelId)}.`)
    },
    resolve: (name, options) => resolveModel(parts.store, name, options),
    response: (request, options) => modelsResponse(parts, request?.force ?? false, options),
  }
}

async function modelsResponse(
  parts: Parts,
  force: boolean,
  options?: CallOptions,
): Promise<ModelsResponse> {
  if (force) await syncAll(parts, await parts.store.providers.list(options), options)
  const providers = await parts.store.providers.list(options)
  if (!force) parts.scheduler.refreshStale(await withCredential(parts, providers, options))
  const [models, views] = await Promise.all([
    parts.store.models.listRoutable({}, options),
    Promise.all(providers.map((provider) => viewOf(parts, provider, options))),
  ])
  const atMs = parts.runtime.now()
  return toModelsResponse({ models: sorted(models), providers: views, atMs, cacheHit: !force })
}

async function viewOf(
  parts: Parts,
  provider: Provider,
  options?: CallOptions,
): Promise<ProviderView> {
  const credential = await credentialOrReason(parts, provider, options)
  const state = parts.tracker.stateOf(provider.id)
  const staleBecause = parts.scheduler.failureOf(provider.id)?.message
  return { provider, credential, state, staleBecause }
}

/** A secret store that cannot tell makes one provider unusable, not the list. */
async function credentialOrReason(
  { connections }: Parts,
  provider: Provider,
  options?: CallOptions,
): Promise<CredentialStatus> {
  try {
    return await connections.credentialOf(provider, options)
  } catch (error) {
    if (!ImrsError.is(error)) throw error
    return { isPresent: false, instruction: error.message }
  }
}

async function firstSync(parts: Parts, options?: CallOptions): Promise<void> {
  const all = await parts.store.providers.list(options)
  const providers = await withCredential(parts, all, options)
  await syncAll(
    parts,
    providers.filter((provider) => provider.lastSyncedAtMs === undefined),
    options,
  )
  parts.scheduler.refreshStale(providers)
}

/** How far a regular reading may be off its time, so that many processes do not ask at once. */
const REFRESH_JITTER = 0.1

async function refreshRegularly(parts: Parts, everyMs: number, signal: AbortSignal): Promise<void> {
  const { runtime, store } = parts
  while (!signal.aborted) {
    const factor = 1 + REFRESH_JITTER * (2 * runtime.random() - 1)
    try {
      await runtime.sleep(everyMs * factor, signal)
      await syncAll(parts, await store.providers.list({ signal }), { signal })
    } catch {
      // Stopped, or the store is down: the next round asks again.
    }
  }
}

/** Every list at once; one that fails shows in events and health and keeps none of the others back. */
async function syncAll(
  parts: Parts,
  providers: readonly Provider[],
  options?: CallOptions,
): Promise<void> {
  const usable = await withCredential(parts, providers, options)
  await Promise.allSettled(
    usable
      .filter((provider) => provider.isActive)
      .map((provider) => parts.scheduler.sync(provider, options)),
  )
}

async function withCredential(
  parts: Parts,
  providers: readonly Provider[],
  options?: CallOptions,
): Promise<readonly Provider[]> {
  const present = await Promise.all(
    providers.map(async (provider) => credentialOrReason(parts, provider, options)),
  )
  return providers.filter((_, index) => present[index]?.isPresent === true)
}

function sorted(models: readonly Model[]): readonly Model[] {
  return [...models].sort((left, right) => (left.id < right.id ? -1 : 1))
}
