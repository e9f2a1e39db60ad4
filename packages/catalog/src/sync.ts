import type {
  CallOptions,
  Model,
  Provider,
  ProviderAdapter,
  RouterEvent,
  Runtime,
  Store,
} from '@imrs/core'
import { ProviderError, UNREADABLE_ROW } from '@imrs/core'

import type { HealthTracker } from './health/health-tracker.ts'
import { listTimer } from './list-timer.ts'
import type { SyncReport } from './providers-contract.ts'
import { toModel } from './to-model.ts'
import type { ListReading } from './to-model.ts'

export interface SyncContext {
  readonly store: Store
  readonly runtime: Runtime
  readonly health: HealthTracker
  readonly emit: (event: RouterEvent) => void
  readonly reading: ListReading
}

export interface SyncTarget {
  readonly provider: Provider
  readonly adapter: ProviderAdapter
}

/** Reads the whole list, then writes it in one transaction; a list that breaks off writes nothing. */
export async function syncProvider(
  context: SyncContext,
  target: SyncTarget,
  options?: CallOptions,
): Promise<SyncReport> {
  const { provider } = target
  // The list is as of now at the earliest: one that another process begins later counts for newer.
  const syncedAtMs = context.runtime.now()
  const models = await readList(context, target, options)
  const result = await context.store.models.sync(
    { providerId: provider.id, syncedAtMs, models },
    options,
  )
  const report: SyncReport = {
    providerId: provider.id,
    discovered: models.length,
    unreadable: models.filter(isUnreadable).length,
    added: result.added.length,
    updated: result.updated.length,
    unchanged: result.unchanged,
    removed: result.removed.length,
    syncedAtMs,
  }
  const { syncedAtMs: atMs, ...counts } = report
  context.emit({ type: 'provider-synced', atMs, ...counts })
  for (const modelId of result.added) {
    context.emit({ type: 'model-added', atMs, providerId: provider.id, modelId })
  }
  for (const modelId of result.removed) {
    context.emit({ type: 'model-removed', atMs, providerId: provider.id, modelId })
  }
  for (const deprecation of result.deprecations) {
    context.emit({ type: 'model-deprecated', atMs, providerId: provider.id, ...deprecation })
  }
  for (const change of result.priceChanges) {
    context.emit({ type: 'price-changed', atMs, providerId: provider.id, ...change })
  }
  return report
}

/** A list that repeats an id says the same model twice; the first row is kept. */
async function readList(
  context: SyncContext,
  { provider, adapter }: SyncTarget,
  options?: CallOptions,
): Promise<readonly Model[]> {
  const models = new Map<string, Model>()
  const known = { ...context.reading, providerId: provider.id, atMs: context.runtime.now() }
  const told = listTimer(context, provider.id)
  try {
    for await (const page of adapter.listModels(options)) {
      for (const model of page.models.map((listed) => toModel(listed, known))) {
        models.set(model.id, models.get(model.id) ?? model)
      }
      const progress = { providerId: provider.id, rowsRead: models.size, rowsTotal: page.total }
      context.emit({ type: 'provider-sync-progress', atMs: context.runtime.now(), ...progress })
    }
    if (models.size === 0) await assertMayBeEmpty(context, provider, options)
  } catch (error) {
    reportFailure(context, provider, error)
    told(error)
    throw error
  }
  told()
  context.health.succeeded(provider.id)
  return [...models.values()]
}

/** A list of this many models does not become empty by itself: the provider answers half. */
const NEVER_ALL_GONE = 5

async function assertMayBeEmpty(
  { store }: SyncContext,
  { id, displayName }: Provider,
  options?: CallOptions,
): Promise<void> {
  const known = await store.models.count({ providerId: id, isAvailable: true }, options)
  if (known < NEVER_ALL_GONE) return
  const message = `${displayName} sent an empty list, though it had ${known} models.`
  throw new ProviderError({ kind: 'malformed', message }, { providerId: id })
}

function isUnreadable({ unavailableReason }: Model): boolean {
  return unavailableReason?.startsWith(UNREADABLE_ROW) === true
}

function reportFailure(context: SyncContext, provider: Provider, error: unknown): void {
  if (!ProviderError.is(error)) return
  context.health.failed(provider.id, error.failure)
  context.emit({
    type: 'provider-sync-failed',
    atMs: context.runtime.now(),
    providerId: provider.id,
    failureKind: error.failure.kind,
    message: error.message,
  })
}
