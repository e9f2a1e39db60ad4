import { setImmediate as nextTurn } from 'node:timers/promises'

/** Calls that arrive at their times, whether those before them have been answered or not. */
export interface OpenLoop {
  readonly perSecond: number
  readonly seconds: number
  readonly call: (index: number) => Promise<unknown>
}

/** What came of it: milliseconds from the time a call was to arrive at to its answer. */
export interface OpenLoopResult {
  readonly latenciesMs: readonly number[]
  /** Calls that were refused or failed; a call that is not answered has no latency. */
  readonly failed: number
  /** From the first arrival to the last answer. */
  readonly tookMs: number
}

/**
 * Makes the calls. A call that could not be made in time, since the process was busy, waits from the
 * time it was to be made: what nobody saw would be left out otherwise.
 */
export async function runOpenLoop({ perSecond, seconds, call }: OpenLoop): Promise<OpenLoopResult> {
  const latenciesMs: number[] = []
  let failed = 0
  const count = perSecond * seconds
  const startMs = performance.now()
  const calls: Promise<void>[] = []
  while (calls.length < count) {
    const arrivesMs = startMs + (calls.length * 1000) / perSecond
    if (performance.now() < arrivesMs) {
      // A timer would be late by up to a millisecond, which is half of what is measured.
      await nextTurn()
      continue
    }
    const answered = call(calls.length).then(
      () => void latenciesMs.push(performance.now() - arrivesMs),
      () => void (failed += 1),
    )
    calls.push(answered)
  }
  await Promise.all(calls)
  return { latenciesMs, failed, tookMs: performance.now() - startMs }
}
