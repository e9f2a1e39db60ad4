import type { Runtime } from '@imrs/core'

/** What the browser lends to the client: a part of core's `Runtime`, so that a test runtime fits. */
export type ClientRuntime = Pick<Runtime, 'now' | 'sleep' | 'random' | 'fetch' | 'newId'>

/**
 * The real browser. The only file of the package that touches the clock, timers, chance and the
 * global `fetch`; nothing of it runs when it is imported.
 */
export const browserRuntime: ClientRuntime = {
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
}

/** A UUID. `randomUUID` is missing on pages that came over plain HTTP. */
function newId(): string {
  return 'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replace(/x/g, () => {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
    return (byte % 16).toString(16)
  })
}
