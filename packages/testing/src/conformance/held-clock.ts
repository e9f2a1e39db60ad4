import { systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import { createTestRuntime } from '../host/test-runtime.ts'

/** Time that passes only when a scenario lets it, and a wall clock that can be set. */
export interface HeldClock {
  readonly runtime: Runtime
  advance(durationMs: number): Promise<void>
  /** Sets the wall clock forward or back. Durations do not change. */
  jump(offsetMs: number): void
}

/** Starts at the real time, so that dates which a provider sends lie where they should. */
export function createHeldClock(): HeldClock {
  const base = createTestRuntime({ start: systemRuntime.now(), fetch: systemRuntime.fetch })
  let offsetMs = 0
  return {
    runtime: { ...base, now: () => base.now() + offsetMs },
    advance: base.advance,
    jump: (jumpMs) => {
      offsetMs += jumpMs
    },
  }
}
