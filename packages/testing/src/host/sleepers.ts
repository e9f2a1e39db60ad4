import type { Sleep } from '@imrs/core'

interface Sleeper {
  readonly dueMs: number
  readonly wake: () => void
}

/** Sleeps on a clock that stands still until it is advanced. */
export interface Sleepers {
  readonly elapsedMs: () => number
  readonly sleep: Sleep
  readonly advance: (durationMs: number) => Promise<void>
  readonly count: () => number
}

export function createSleepers(): Sleepers {
  const sleepers = new Set<Sleeper>()
  let elapsedMs = 0

  const earliestBefore = (targetMs: number): Sleeper | undefined => {
    let earliest: Sleeper | undefined
    for (const sleeper of sleepers) {
      if (sleeper.dueMs > targetMs) continue
      // Sets keep their order, so of two that are due together the first to fall asleep wakes first.
      if (earliest === undefined || sleeper.dueMs < earliest.dueMs) earliest = sleeper
    }
    return earliest
  }

  const sleep: Sleep = (delayMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason)
        return
      }
      if (delayMs <= 0) {
        resolve()
        return
      }
      const onAbort = (): void => {
        sleepers.delete(sleeper)
        reject(signal?.reason)
      }
      const sleeper: Sleeper = {
        dueMs: elapsedMs + delayMs,
        wake: () => {
          sleepers.delete(sleeper)
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      sleepers.add(sleeper)
      signal?.addEventListener('abort', onAbort, { once: true })
    })

  const advance = async (durationMs: number): Promise<void> => {
    if (!(durationMs >= 0)) throw new RangeError(`time only goes forward, got ${durationMs}`)
    const targetMs = elapsedMs + durationMs
    await settle()
    for (let next = earliestBefore(targetMs); next; next = earliestBefore(targetMs)) {
      elapsedMs = Math.max(elapsedMs, next.dueMs)
      next.wake()
      await settle()
    }
    elapsedMs = Math.max(elapsedMs, targetMs)
    await settle()
  }

  return { elapsedMs: () => elapsedMs, sleep, advance, count: () => sleepers.size }
}

/** Lets everything that is ready run: a turn of the event loop ends only when no microtask is left. */
function settle(): Promise<void> {
  // oxlint-disable-next-line no-restricted-globals -- this waits for the real loop, not for a time
  return new Promise((resolve) => setImmediate(resolve))
}
