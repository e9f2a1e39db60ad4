import type { CallOptions, Model, Provider } from '@imrs/core'
import { DEFAULT_COST_TIER_BOUNDS } from '@imrs/core'

import { createCatalogParts } from './catalog-parts.ts'
import type { Catalog } from './catalog.ts'
import type { ProviderLink } from './connections.ts'
import type { HealthTracker } from './health/health-tracker.ts'
import { firstSync, refreshRegularly } from './list-refresh.ts'
import { modelsApi } from './models-api.ts'
import type { ResolvedModel, ResolveModel } from './models-contract.ts'
import type { CatalogOptions } from './options.ts'
import { healthApi, providersApi } from './providers-api.ts'
import type { CredentialStatus } from './providers-contract.ts'
import { findMigration, resolveModel } from './resolve-model.ts'
import { seedStore } from './seed.ts'
import type { UserKeyOptions } from './user-keys.ts'
import { userModels } from './user-models.ts'

/** The catalogue, and what the router needs of it besides. */
export interface CatalogHandle extends Catalog {
  readonly tracker: HealthTracker
  /** @throws ImrsError `missing-credential` that says what to set. */
  connect(provider: Provider, options?: UserKeyOptions): Promise<ProviderLink>
  /** Which of the host's keys was used last for a provider, by a hash; `undefined` before the first use. */
  credentialIdOf(providerId: string): string | undefined
  credentialOf(provider: Provider, options?: UserKeyOptions): Promise<CredentialStatus>
  /**
   * The chat models that the caller's own keys show and the catalogue does not have.
   *
   * @throws ImrsError `invalid-request` when keys are not taken, or are none.
   */
  modelsOfUser(options: UserKeyOptions | undefined): Promise<readonly Model[]>
  resolve(name: ResolveModel, options?: CallOptions): Promise<ResolvedModel>
  /** Where a model went by itself; `undefined` when nowhere. */
  migrationOf(modelId: string, options?: CallOptions): Promise<Model | undefined>
  /** Reads lists that were never read, all at once, and resolves when they are in or failed. Old ones are read behind the scenes. */
  firstSync(): Promise<void>
  /** Reads all lists, this often give or take a tenth, until the signal aborts. Never rejects. */
  refreshRegularly(everyMs: number, signal: AbortSignal): Promise<void>
  /** Ends what is under way. */
  close(): Promise<void>
}

/** Writes what the code declares into the store and gives the catalogue on it. */
export async function createCatalog(options: CatalogOptions): Promise<CatalogHandle> {
  const parts = createCatalogParts(options)
  const { costTierBounds = DEFAULT_COST_TIER_BOUNDS } = options
  await seedStore({ ...options, costTierBounds, atMs: options.runtime.now() })
  parts.tracker.restore(await options.store.providers.listHealth())
  return {
    tracker: parts.tracker,
    providers: providersApi(parts),
    models: modelsApi(parts),
    health: healthApi(parts),
    connect: (provider, call) => parts.connections.connect(provider, call),
    credentialIdOf: (providerId) => parts.connections.credentialIdOf(providerId),
    credentialOf: (provider, call) => parts.connections.credentialOf(provider, call),
    resolve: (name, call) => resolveModel(parts.store, name, call),
    modelsOfUser: async (call) => (await userModels(parts, call)).models,
    migrationOf: async (modelId, call) => (await findMigration(parts.store, modelId, call))?.model,
    firstSync: () => firstSync(parts),
    refreshRegularly: (everyMs, signal) => refreshRegularly(parts, everyMs, signal),
    close: async () => {
      await parts.scheduler.close()
      await parts.tracker.settled()
    },
  }
}
