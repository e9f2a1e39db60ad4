import type { BenchResult } from '../bench-result.ts'
import { startChild } from './child-process.ts'
import type { Course } from './contender.ts'
import { CONTENDERS, PLAIN_SDK } from './contenders/index.ts'
import { quantile } from './quantile.ts'

/** So many calls at a time, for so many slices. */
export interface Load {
  readonly concurrency: number
  readonly slices: number
  readonly sliceMs: number
}

/** What one slice of a load came to. */
export interface LoadSlice {
  readonly requests: number
  readonly seconds: number
  readonly cpuMicroseconds: number
}

const WARM_UP: Load = { concurrency: 20, slices: 1, sliceMs: 1200 }
const LOADS: readonly Load[] = [
  { concurrency: 1, slices: 8, sliceMs: 250 },
  { concurrency: 50, slices: 8, sliceMs: 250 },
]

interface Measured {
  readonly name: string
  readonly load: Load
  readonly slices: readonly LoadSlice[]
}

/** Requests per second and CPU time of each contender, each alone in a process of its own. */
export async function measureLoad(course: Course): Promise<BenchResult[]> {
  const measured: Measured[] = []
  for (const name of Object.keys(CONTENDERS)) {
    if (name.includes('PostgreSQL') && course.postgresUrl === undefined) continue
    const { child } = await startChild(new URL('load-process.ts', import.meta.url), {
      parameters: [name, JSON.stringify(course)],
    })
    try {
      await child.ask(WARM_UP)
      for (const load of LOADS) {
        measured.push({ name, load, slices: (await child.ask(load)) as LoadSlice[] })
      }
    } finally {
      await child.stop()
    }
  }
  return LOADS.flatMap((load) => toResults(measured.filter((one) => one.load === load)))
}

function toResults(measured: readonly Measured[]): BenchResult[] {
  const plain = measured.find(({ name }) => name === PLAIN_SDK)
  const rates = measured.map(({ name, load, slices }) => {
    const samples = slices.map(({ requests, seconds }) => requests / seconds)
    return {
      name: `requests per second, ${load.concurrency} at a time, ${name}`,
      unit: 'req/s',
      p50: quantile(samples, 0.5),
      // The slice that almost all others beat.
      p99: quantile(samples, 0.01),
      samples: slices.length,
      note: ratio(rateOf(slices), rateOf(plain?.slices ?? [])),
    }
  })
  const times = measured.map(({ name, load, slices }) => {
    const samples = slices.map(({ requests, cpuMicroseconds }) => cpuMicroseconds / requests)
    return {
      name: `CPU time per request, ${load.concurrency} at a time, ${name}`,
      unit: 'µs',
      p50: quantile(samples, 0.5),
      p99: quantile(samples, 0.99),
      samples: slices.length,
      note: ratio(cpuOf(slices), cpuOf(plain?.slices ?? [])),
    }
  })
  return [...rates, ...times]
}

function rateOf(slices: readonly LoadSlice[]): number {
  return sum(slices.map(({ requests }) => requests)) / sum(slices.map(({ seconds }) => seconds))
}

function cpuOf(slices: readonly LoadSlice[]): number {
  const cpu = sum(slices.map(({ cpuMicroseconds }) => cpuMicroseconds))
  return cpu / sum(slices.map(({ requests }) => requests))
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function ratio(value: number, plain: number): string {
  return `${(value / plain).toFixed(2)}×`
}
