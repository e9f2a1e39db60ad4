import { systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import type { FastClockOptions } from './messages.ts'

/** The wall clock that the routers and the simulator share. */
export function fastNow({ originMs, speed }: FastClockOptions): number {
  return Math.round(originMs + (systemRuntime.now() - originMs) * speed)
}

/**
 * The real world with clocks that run faster and waits that are as much shorter, so that a cool-down
 * of minutes is over in seconds.
 */
export function fastRuntime(clock: FastClockOptions, clockJumpMs = 0): Runtime {
  const startMs = systemRuntime.monotonic()
  return {
    ...systemRuntime,
    now: () => fastNow(clock) + Math.round((2 * systemRuntime.random() - 1) * clockJumpMs),
    monotonic: () => (systemRuntime.monotonic() - startMs) * clock.speed,
    sleep: (delayMs, signal, options) =>
      systemRuntime.sleep(delayMs / clock.speed, signal, options),
  }
}
