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
/** How much of the period goes by before whoever found another process reading looks again. */
const LOOK_AGAIN = 0.1
/** One process at a time reads lists regularly. */
const SYNC_LOCK = 'sync'

/**
 * Reads all lists, this often, until the signal aborts. Never rejects.
 *
 * Of several processes on one store one reads, and the others find its lists in the store. When it
 * dies, the next that looks goes on with what is still old.
 */
export async function refreshRegularly(
  parts: CatalogParts,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { runtime } = parts
  let waitMs = everyMs
  while (!signal.aborted) {
    const factor = 1 + REFRESH_JITTER * (2 * runtime.random() - 1)
    try {
      await runtime.sleep(waitMs * factor, signal)
      waitMs = await refreshOnce(parts, everyMs, signal)
    } catch {
      // Stopped, or the store is down: the next round asks again.
      waitMs = everyMs
    }
  }
}

/** Reads the lists that are old, unless another process is at it. Gives how long it is until the next is old. */
async function refreshOnce(
  parts: CatalogParts,
  everyMs: number,
  signal: AbortSignal,
): Promise<number> {
  const { store } = parts
  const lock = await store.coordination.tryLock(SYNC_LOCK, { signal })
  if (lock === undefined) return everyMs * LOOK_AGAIN
  try {
    const held = AbortSignal.any([signal, lock.signal])
    const active = await activeProviders(parts, held)
    const old = active.filter(
      (provider) => parts.scheduler.ageOf(provider) >= everyMs * (1 - REFRESH_JITTER),
    )
    await syncAll(parts, old, { signal: held })
    const ages = (await activeProviders(parts, held)).map((each) => parts.scheduler.ageOf(each))
    // What is old still has no key, and can wait.
    const oldest = Math.max(0, ...ages.filter((age) => age < everyMs))
    return Math.max(everyMs * LOOK_AGAIN, everyMs - oldest)
  } finally {
    await lock.release()
  }
}

async function activeProviders(
  { store }: CatalogParts,
  signal: AbortSignal,
): Promise<readonly Provider[]> {
  return (await store.providers.list({ signal })).filter(({ isActive }) => isActive)
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
