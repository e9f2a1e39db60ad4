import { createIdSource } from './id-source.ts'
import type { Runtime, SleepOptions } from './runtime.ts'

/**
 * The real world. The only file of the project that touches the clock, chance, timers, the global
 * `fetch` and the environment.
 *
 * Wrapped, not referenced: a host that replaces `globalThis.fetch` is seen here.
 */
export const systemRuntime: Runtime = Object.freeze({
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  sleep: abortableSleep,
  fetch: (...input: Parameters<typeof globalThis.fetch>) => globalThis.fetch(...input),
  newId: createIdSource({
    now: () => Date.now(),
    fillRandom: (bytes) => void crypto.getRandomValues(bytes),
  }),
  environment: (name: string) => {
    const value = process.env[name]
    return value === undefined || value === '' ? undefined : value
  },
})

/** Timers take no more than 32 bits, and are over at once for more: a longer sleep is several. */
const LONGEST_TIMER_MS = 2_147_483_647

function abortableSleep(
  delayMs: number,
  signal?: AbortSignal,
  options?: SleepOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason)
      return
    }
    let timer: NodeJS.Timeout
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const sleepOn = (leftMs: number): void => {
      timer = setTimeout(
        () => {
          if (leftMs > LONGEST_TIMER_MS) return sleepOn(leftMs - LONGEST_TIMER_MS)
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
        Math.min(leftMs, LONGEST_TIMER_MS),
      )
      if (options?.isBackground === true) timer.unref()
    }
    sleepOn(delayMs)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
