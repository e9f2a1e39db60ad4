import { seededFraction } from './answers/seeded.ts'
import type { SimulatedModel } from './models.ts'
import type { SimulatorRuntime } from './runtime.ts'

/** Waits between the pieces of an answer, so that a demo looks alive. */
export interface Pacer {
  beforeFirst(signal: AbortSignal): Promise<void>
  beforeChunk(tokens: number, signal: AbortSignal): Promise<void>
}

/** Never waits. */
export const instantPacer: Pacer = {
  beforeFirst: async () => {},
  beforeChunk: async () => {},
}

/** Waits as long as the model would take, give or take a quarter that the seed decides. */
export function realisticPacer(order: {
  readonly runtime: SimulatorRuntime
  readonly speed: SimulatedModel['speed']
  readonly seed: number
  readonly callNumber: number
}): Pacer {
  const { runtime, speed, seed, callNumber } = order
  let waits = 0
  const wait = (milliseconds: number, signal: AbortSignal): Promise<void> => {
    waits += 1
    const factor = 0.75 + seededFraction(seed, callNumber, waits) / 2
    return runtime.sleep(Math.max(1, Math.round(milliseconds * factor)), signal)
  }
  return {
    beforeFirst: (signal) => wait(speed.firstTokenMs, signal),
    beforeChunk: (tokens, signal) =>
      wait((Math.max(1, tokens) / speed.tokensPerSecond) * 1000, signal),
  }
}
