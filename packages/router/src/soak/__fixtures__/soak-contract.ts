import { expect } from 'vitest'

import type { Growth } from './messages.ts'
import { Soak } from './run-soak.ts'
import type { RunReport, SoakReport } from './run-soak.ts'

/** How large a soak is, and how much of what grows by itself is let pass. */
export interface SoakSize {
  readonly seed: number
  /** Those before anything is measured. */
  readonly warmUp: number
  /** What is measured, in so many equal parts; an even number of them. */
  readonly requests: number
  readonly parts: number
  readonly concurrency: number
  /** How long idle connections are waited for before a measurement, milliseconds. */
  readonly settleMs: number
  /** Bytes by which the heap may be larger at the end than in the middle. */
  readonly heapToleranceBytes: number
  /** Told the figures, before anything is expected of them. Default: nobody is. */
  readonly onFigures?: ((figures: string) => void) | undefined
}

interface SoakOutcome {
  readonly run: RunReport
  readonly report: SoakReport
}

/** Runs a soak of this size, and expects of it all that carrying out promises. */
export async function expectSoak(size: SoakSize): Promise<void> {
  const { seed, warmUp, requests, parts, concurrency, settleMs } = size
  const soak = await Soak.start({ seed })
  try {
    const segments = [warmUp, ...Array.from({ length: parts }, () => requests / parts)]
    const run = await soak.run({ from: 0, segments, concurrency, settleMs })
    const report = await soak.check()
    size.onFigures?.(describeSoak({ run, report }))
    expect(report.ledger.problems.slice(0, 20)).toEqual([])
    expectAnswers({ run, report }, warmUp + requests)
    expectLedger({ run, report })
    expectNoGrowth(run, size)
  } finally {
    await soak.close()
  }
}

/** Every request came to one end. What is wrong with one is said in `problems`. */
function expectAnswers({ report }: SoakOutcome, requests: number): void {
  const { results, endings } = report
  expect(results).toHaveLength(requests)
  expect(new Set(results.map(({ number }) => number)).size).toBe(requests)
  const byEnding = Map.groupBy(results, ({ ending }) => ending)
  const count = (ending: (typeof results)[number]['ending']): number =>
    byEnding.get(ending)?.length ?? 0
  // Those who asked for no part, or stopped asking, are told no end.
  expect(count('end') + count('error')).toBe(requests - count('left') - count('never-read'))
  expect(count('left') + count('never-read')).toBeLessThan(requests / 10)
  // It was a soak, not an outage: most are answered where the machine has time for it, many in any
  // case, and not all.
  expect(count('end'), JSON.stringify(endings)).toBeGreaterThan(requests / 5)
  expect(count('error')).toBeGreaterThan(requests / 50)
}

/** The ledger is what the simulator counted, call by call (`problems`) and in sum. */
function expectLedger({ run, report }: SoakOutcome): void {
  const { ledger, contents, results } = report
  expect(ledger.rows).toBe(ledger.calls + ledger.rowsOfUnseenCalls)
  expect(ledger.rows).toBe(run.counts?.attemptEvents)
  expect(ledger.callsCutOff).toBe(0)
  expect(ledger.recorded).toEqual(ledger.billed)
  expect(ledger.rowsBySource['provider']).toBeGreaterThan(ledger.calls / 2)
  // A third of the calls is disturbed, in more ways than one.
  expect(Object.keys(ledger.rowsByOutcome).length).toBeGreaterThan(10)
  expect(contents.feedbackEvents).toBe(results.filter(({ hasFeedback }) => hasFeedback).length)
  expect(contents.feedbackEvents).toBeGreaterThan(0)
  expect(contents.integrity).toBe('ok')
  expect(run.counts?.internalFailures).toEqual({})
}

/** Nothing is left of what is over, and what is kept does not grow with the number of requests. */
function expectNoGrowth(
  { growth, counts, exit }: RunReport,
  { parts, concurrency, heapToleranceBytes }: SoakSize,
): void {
  const figures = growth.map((one) => JSON.stringify(one)).join('\n')
  expect(growth).toHaveLength(parts + 1)
  for (const { resources, signalListeners, answersKept, openFiles } of growth) {
    // No timer, no request on its way, no socket that anybody waits for.
    expect(Object.keys(resources).filter((name) => name !== 'PipeWrap')).toEqual([])
    expect({ signalListeners, answersKept }, figures).toEqual({
      signalListeners: 0,
      answersKept: 0,
    })
    // Connections are kept for a while: no more than there can have been at once, two to a request
    // that is hedged.
    expect(openFiles, figures).toBeLessThan(2 * concurrency + 100)
  }
  const { start, middle, end } = threeOf(growth)
  expect(end.heapBytes - middle.heapBytes, figures).toBeLessThan(heapToleranceBytes)
  expect(end.externalBytes - start.externalBytes, figures).toBeLessThan(1024 * 1024)
  expect(counts?.callsKept).toBe(0)
  // It ended by itself: nothing kept it alive.
  expect(exit).toEqual({ code: 0, signal: null })
}

interface ThreeOf {
  readonly start: Growth
  readonly middle: Growth
  readonly end: Growth
}

function threeOf(growth: readonly Growth[]): ThreeOf {
  const [start, middle, end] = [growth[0], growth[(growth.length - 1) / 2], growth.at(-1)]
  if (start === undefined || middle === undefined || end === undefined) {
    throw new TypeError('Growth is measured at least three times')
  }
  return { start, middle, end }
}

/** The figures of a soak, for people. */
function describeSoak({ run, report }: SoakOutcome): string {
  const { ledger, endings } = report
  const seconds = run.durationMs / 1000
  const memory = run.growth.map(({ requests, heapBytes, openFiles }) => {
    return `${(heapBytes / 1024 / 1024).toFixed(1)} MiB, ${openFiles} files after ${requests}`
  })
  return [
    `${report.results.length} requests in ${seconds.toFixed(1)} s, ${(report.results.length / seconds).toFixed(0)} a second`,
    `endings: ${JSON.stringify(endings)}`,
    `${ledger.calls} calls, ${ledger.rows} rows (${ledger.rowsOfUnseenCalls} of calls that never arrived)`,
    `rows by source: ${JSON.stringify(ledger.rowsBySource)}`,
    `rows by outcome: ${JSON.stringify(ledger.rowsByOutcome)}`,
    `tokens, recorded and billed: ${JSON.stringify(ledger.recorded)}`,
    `heap and open files: ${memory.join('; ')}`,
    `kept after the last request: ${run.counts?.callsKept} calls; the process ended ${Math.round(run.exitMs)} ms after it`,
  ].join('\n')
}
