import type { Runtime } from '@imrs/core'

/** What the browser lends to the client: a part of core's `Runtime`, so that a test runtime fits. */
export type ClientRuntime = Pick<Runtime, 'now' | 'sleep' | 'random' | 'fetch' | 'newId'>

/**
 * The real browser. The only file of the package that touches the clock, timers, chance and the
 * global `fetch`; nothing of it runs when it is imported.
 */
export const browserRuntime: ClientRuntime = Object.freeze({
  now: () => Date.now(),
  random: () => Math.random(),
  fetch: (...input: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...input),
  newId,
  sleep: (delayMs: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }, delayMs)
      if (signal?.aborted === true) leave()
      else signal?.addEventListener('abort', leave)
    }),
})

/** A UUID. `randomUUID` is missing on pages that came over plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 15) | 64
  bytes[8] = ((bytes[8] ?? 0) & 63) | 128
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
