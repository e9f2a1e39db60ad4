import { seededRandom } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import { createSleepers } from './sleepers.ts'
import { createUuidSource } from './uuid-source.ts'

export interface TestRuntimeOptions {
  /** Decides every random number and id. Default: 1. */
  readonly seed?: number | undefined
  /** The time it is at first, epoch milliseconds. Default: 2026-01-01T00:00:00Z. */
  readonly start?: number | undefined
  /** Default: no variable is set. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Default: a function that fails with a message that names the address. */
  readonly fetch?: typeof globalThis.fetch | undefined
}

/** A runtime in which nothing happens by itself: time stands still until {@link advance} moves it. */
export interface TestRuntime extends Runtime {
  /**
   * Moves time forward, waking sleepers in the order they are due, each at its own time; one that a
   * woken sleeper starts is woken too when it is due in time. Returns after the code that was woken
   * has run until it waits again.
   */
  readonly advance: (durationMs: number) => Promise<void>
  /** How many sleeps are waiting. */
  readonly sleeping: () => number
}

const DEFAULT_START_MS = Date.UTC(2026, 0, 1)

/**
 * Makes a {@link Runtime} that is the same in every run: seeded chance, valid UUIDv7 ids made of its
 * clock and its seed, a clock that only {@link TestRuntime.advance} moves.
 *
 * A sleep of no duration ends at once; any other waits for `advance`.
 */
export function createTestRuntime(options: TestRuntimeOptions = {}): TestRuntime {
  const seed = options.seed ?? 1
  const startMs = options.start ?? DEFAULT_START_MS
  const environment = new Map(Object.entries(options.environment ?? {}))
  const random = seededRandom(seed)
  const sleepers = createSleepers()
  const now = (): number => startMs + sleepers.elapsedMs()
  return Object.freeze({
    now,
    monotonic: sleepers.elapsedMs,
    random,
    sleep: sleepers.sleep,
    fetch: options.fetch ?? refuseToFetch,
    newId: createUuidSource(seed, now),
    environment: (name: string) => {
      const value = environment.get(name)
      return value === '' ? undefined : value
    },
    advance: sleepers.advance,
    sleeping: sleepers.count,
  })
}

const refuseToFetch: typeof globalThis.fetch = (input) => {
  const address = input instanceof Request ? input.url : String(input)
  return Promise.reject(
    new TypeError(`The test runtime was given no \`fetch\`, asked for ${address}`),
  )
}
