import { seededRandom } from '@imrs/core'

import type { BenchResult } from '../bench-result.ts'
import type { Contender, Course } from './contender.ts'
import { CONTENDERS, PLAIN_SDK } from './contenders/index.ts'
import { quantile } from './quantile.ts'
import { timedCall } from './timed-call.ts'
import type { CallTimes } from './timed-call.ts'

export interface Rounds {
  readonly warmUp: number
  readonly measured: number
}

interface Runner {
  readonly name: string
  readonly contender: Contender
  readonly times: CallTimes[]
}

/**
 * Times of single calls, one at a time. All contenders run in this process and take turns, so that
 * whatever else the machine does meets all of them. The order is drawn anew for each round: who comes
 * after one that waits finds a processor that has gone to sleep.
 */
export async function measureLatency(course: Course, rounds: Rounds): Promise<BenchResult[]> {
  const runners = await openAll(course)
  const random = seededRandom(1)
  try {
    for (let round = 0; round < rounds.warmUp; round += 1) await runRound(runners, course, random)
    for (const { times } of runners) times.length = 0
    for (let round = 0; round < rounds.measured; round += 1) await runRound(runners, course, random)
  } finally {
    for (const { contender } of runners) await contender.close()
  }
  const { name, isStreamed } = course.mode
  const totals = toResults(runners, `${name}: total`, ({ totalMs }) => totalMs)
  if (!isStreamed) return totals
  return [...toResults(runners, `${name}: first part`, ({ firstMs }) => firstMs), ...totals]
}

async function openAll(course: Course): Promise<Runner[]> {
  const runners: Runner[] = []
  for (const [name, open] of Object.entries(CONTENDERS)) {
    const contender = await open(course)
    if (contender !== undefined) runners.push({ name, contender, times: [] })
  }
  return runners
}

async function runRound(
  runners: readonly Runner[],
  { mode }: Course,
  random: () => number,
): Promise<void> {
  for (const { contender, times } of shuffled(runners, random)) {
    times.push(await timedCall(contender, mode))
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  const drawn = items.map((item) => ({ item, place: random() }))
  return drawn.sort((left, right) => left.place - right.place).map(({ item }) => item)
}

function toResults(
  runners: readonly Runner[],
  what: string,
  msOf: (times: CallTimes) => number,
): BenchResult[] {
  const all = runners.map(({ name, times }) => ({ name, samples: times.map(msOf) }))
  const plain = quantile(all.find(({ name }) => name === PLAIN_SDK)?.samples ?? [], 0.5)
  return all.map(({ name, samples }) => {
    const p50 = quantile(samples, 0.5)
    return {
      name: `${what}, ${name}`,
      unit: 'ms',
      p50,
      p99: quantile(samples, 0.99),
      samples: samples.length,
      note: `${(p50 / plain).toFixed(2)}×`,
    }
  })
}
