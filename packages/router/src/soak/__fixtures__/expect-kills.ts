import { expect } from 'vitest'

import { Soak } from './run-soak.ts'

export interface KillsOptions {
  readonly seed: number
  readonly concurrency: number
  /** For each process: which of the calls that the simulator sees is its last. */
  readonly killAtCalls: readonly number[]
  /** Requests of the last process, which is let be. */
  readonly lastRequests: number
}

/** More than a process makes before it is killed. */
const MANY_REQUESTS = 100_000

/** Kills processes one after the other on one file, and expects that none took anything along. */
export async function expectKills(options: KillsOptions): Promise<void> {
  const { seed, concurrency, killAtCalls, lastRequests } = options
  const soak = await Soak.start({ seed })
  try {
    const size = { concurrency, resultsTogether: 1 }
    for (const [index, killAtCall] of killAtCalls.entries()) {
      const from = index * MANY_REQUESTS
      const { exit } = await soak.run({ ...size, from, segments: [MANY_REQUESTS], killAtCall })
      expect(exit.signal).toBe('SIGKILL')
    }
    const from = killAtCalls.length * MANY_REQUESTS
    const { exit } = await soak.run({ ...size, from, segments: [lastRequests] })
    expect(exit.code).toBe(0)
    const { ledger, contents, results } = await soak.check()
    expect(ledger.problems.slice(0, 20)).toEqual([])
    // Only answers that were not over may be missing, and those as a whole.
    expect(ledger.rows).toBe(ledger.calls - ledger.callsCutOff + ledger.rowsOfUnseenCalls)
    expect(ledger.callsCutOff).toBeGreaterThan(0)
    expect(ledger.recorded).toEqual(ledger.billed)
    expect(results.filter(({ number }) => number >= from)).toHaveLength(lastRequests)
    expect(contents.integrity).toBe('ok')
  } finally {
    await soak.close()
  }
}
