import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'

import { seededRandom } from '@imrs/core'

/**
 * A timer is late by up to a millisecond and more: the last of the wait is done turn by turn. The
 * rest is slept, or a process that waits would keep a core from those it is measured with.
 */
const TURNS_MS = 2

/** Calls that arrive at their times, whether those before them have been answered or not. */
export interface OpenLoop {
  readonly perSecond: number
  readonly seconds: number
  readonly call: (index: number) => Promise<unknown>
  /** Of the times of arrival. Loops that run at once need different ones, or they meet all the time. Default: `1`. */
  readonly seed?: number | undefined
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
 * Makes the calls, at times drawn as of callers that know nothing of each other: with exponential gaps. A call that could not be made in time, since the process was busy, waits from the
 * time it was to be made: what nobody saw would be left out otherwise.
 */
export async function runOpenLoop(loop: OpenLoop): Promise<OpenLoopResult> {
  const latenciesMs: number[] = []
  let failed = 0
  const startMs = performance.now()
  const calls: Promise<void>[] = []
  for (const afterMs of arrivals(loop)) {
    const arrivesMs = startMs + afterMs
    await until(arrivesMs)
    const answered = loop.call(calls.length).then(
      () => void latenciesMs.push(performance.now() - arrivesMs),
      () => void (failed += 1),
    )
    calls.push(answered)
  }
  await Promise.all(calls)
  return { latenciesMs, failed, tookMs: performance.now() - startMs }
}

/** As many as are asked for on average, scaled so that the last one comes at the end. */
function arrivals({ perSecond, seconds, seed = 1 }: OpenLoop): readonly number[] {
  const random = seededRandom(seed)
  let atMs = 0
  const drawn = Array.from({ length: perSecond * seconds }, () => (atMs -= Math.log(1 - random())))
  return drawn.map((each) => (each / atMs) * seconds * 1000)
}

async function until(timeMs: number): Promise<void> {
  for (;;) {
    const leftMs = timeMs - performance.now()
    if (leftMs <= 0) return
    if (leftMs > TURNS_MS) await sleep(leftMs - TURNS_MS)
    else await nextTurn()
  }
}
