import type { CallOptions, Provider } from '@imrs/core'

import { credentialOrReason } from './catalog-parts.ts'
import type { CatalogParts } from './catalog-parts.ts'

/** Reads what was never read, and waits for it; what is old is read behind the scenes. */
export async function firstSync(parts: CatalogParts): Promise<void> {
  const providers = await withCredential(parts, await parts.store.providers.list())
  const unread = providers.filter((provider) => provider.lastSyncedAtMs === undefined)
  await syncAll(parts, unread)
  parts.scheduler.refreshStale(providers)
}

/** How far a regular reading may be off its time, so that many processes do not ask at once. */
const REFRESH_JITTER = 0.1

/** Reads all lists, this often, until the signal aborts. Never rejects. */
export async function refreshRegularly(
  parts: CatalogParts,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
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
export async function syncAll(
  parts: CatalogParts,
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

/** The providers that can be called with the host's own keys: the catalogue is never filled with a user's. */
export async function withCredential(
  parts: CatalogParts,
  providers: readonly Provider[],
  options?: CallOptions,
): Promise<readonly Provider[]> {
  const present = await Promise.all(
    providers.map(async (provider) =>
      credentialOrReason(parts, provider, { signal: options?.signal }),
    ),
  )
  return providers.filter((_, index) => present[index]?.isPresent === true)
}
