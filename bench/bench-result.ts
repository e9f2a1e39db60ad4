import type { Bench } from 'tinybench'

/** One row of the table that `npm run bench` prints. */
export interface BenchResult {
  readonly name: string
  /** The unit of `p50` and `p99`, for example `µs`. */
  readonly unit: string
  readonly p50: number
  readonly p99: number
  readonly samples: number
  readonly note?: string | undefined
}

/** What every `bench/*.bench.ts` exports as `bench`. */
export type BenchFile = () => Promise<BenchResult[]>

/** The rows of a finished tinybench run, in microseconds. */
export function fromTinybench(bench: Bench): BenchResult[] {
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`benchmark "${name}": ${result.state}`)
    const { p50, p99, samplesCount } = result.latency
    return { name, unit: 'µs', p50: p50 * 1000, p99: p99 * 1000, samples: samplesCount }
  })
}
