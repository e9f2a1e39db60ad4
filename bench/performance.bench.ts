import { latencyBucketOf, seededRandom } from '@imrs/core'
import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { Bench } from 'tinybench'

import { fromTinybench } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'
import { openBenchStores } from './stores.ts'
import type { BenchStore, LoadedRow } from './stores.ts'

/** Each uses every model for every kind of task, every day: ten make 10,000,000 messages, a hundred ten times as many. */
const AGENTS = Number(process.env['IMRS_BENCH_AGENTS'] ?? 10)
const TASKS = 10
const MODELS = 30
const DAYS = 90
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 1)
const CALLS_A_DAY = 37
const MESSAGES = AGENTS * TASKS * MODELS * DAYS * CALLS_A_DAY

/** Rows whose histograms differ; more would only take longer to be made. */
const SAMPLES = 200

type Figures = Readonly<Record<string, unknown>>

/** Figures of this many calls, as the store writes them; some of each number, drawn once. */
function figuresMaker(): (calls: number) => Figures {
  const random = seededRandom(1)
  const samples = new Map<number, Figures[]>()
  let next = 0
  return (calls) => {
    let made = samples.get(calls)
    if (made === undefined) {
      made = Array.from({ length: SAMPLES }, () => drawFigures(calls, random))
      samples.set(calls, made)
    }
    next += 1
    return made[next % SAMPLES] ?? {}
  }
}

function drawFigures(calls: number, random: () => number): Figures {
  const failed = Math.floor(calls * 0.02)
  const histogram = (scale: number): string => {
    const counts: Record<string, number> = {}
    for (let call = 0; call < calls - failed; call += 1) {
      const bucket = latencyBucketOf(scale * Math.exp((random() + random() + random() - 1.5) * 2))
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    return Object.entries(counts)
      .map(([bucket, count]) => `${bucket}:${count}`)
      .join(' ')
  }
  return {
    request_count: calls,
    attempt_count: calls,
    failure_count: failed,
    aborted_count: 0,
    failures_by_kind: failed === 0 ? '' : `rate-limited:${failed}`,
    input_tokens: calls * 500,
    output_tokens: calls * 200,
    unmeasured_count: 0,
    cost_nano_usd: calls * 1_000_000,
    unpriced_count: 0,
    total_ms_sum: calls * 2_000,
    first_part_histogram: histogram(400),
    total_histogram: histogram(2_500),
  }
}

/** As many rows of figures as so many messages make when every model is used for everything, every day. */
async function fill({ load }: BenchStore): Promise<void> {
  const figuresOf = figuresMaker()
  const periods = { daily: 10, weekly: 0, monthly: 7 }
  for (const [name, length] of Object.entries(periods)) {
    const days = new Map<string, number>()
    for (let day = 0; day < DAYS; day += 1) {
      const date = new Date(START + day * DAY_MS).toISOString().slice(0, 10)
      const period = length === 0 ? weekOf(date) : date.slice(0, length)
      days.set(period, (days.get(period) ?? 0) + 1)
    }
    await load(`model_performance_${name}`, rowsOf(days, figuresOf))
  }
  await load('model_experience', ratings())
}

function weekOf(day: string): string {
  const start = ['22', '15', '08', '01'].find((each) => day.slice(8) >= each) ?? '01'
  return `${day.slice(0, 7)}-${start}`
}

function* rowsOf(
  periods: ReadonlyMap<string, number>,
  figuresOf: (calls: number) => Figures,
): Generator<LoadedRow> {
  for (const [period, days] of periods) {
    for (const key of keys(['', ...agents()])) {
      const calls = days * CALLS_A_DAY * (key['agent_id'] === '' ? AGENTS : 1)
      yield { tenant_id: 'default', period, ...key, provider_id: 'p', ...figuresOf(calls) }
    }
  }
}

function* ratings(): Generator<LoadedRow> {
  for (const month of ['2026-01', '2026-02', '2026-03']) {
    for (const key of keys(agents())) {
      const counts = { rating_count: 60, rating_sum: 40_000, rating_sum_of_squares: 30_000_000 }
      const weights = { weight_milli: 0, weighted_sum: 0, weighted_sum_of_squares: 0 }
      yield { tenant_id: 'default', scope: 'agent', ...key, month, epoch: 0, ...counts, ...weights }
    }
  }
}

function agents(): string[] {
  return Array.from({ length: AGENTS }, (_, agent) => `agent-${agent}`)
}

function* keys(agentIds: readonly string[]): Generator<Readonly<Record<string, string>>> {
  for (const agent of agentIds) {
    for (let task = 0; task < TASKS; task += 1) {
      for (let model = 0; model < MODELS; model += 1) {
        yield { agent_id: agent, task_type: `task-${task}`, model_id: `p/model-${model}` }
      }
    }
  }
}

/** Reports over the sums of 10,000,000 messages in 90 days, on both stores; of ten times more with `IMRS_BENCH_AGENTS=100`. */
export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  for (const opened of await openBenchStores()) {
    try {
      await fill(opened)
      results.push(...(await measure(opened)))
    } finally {
      await opened.close()
    }
  }
  return results
}

async function measure({ name, store }: BenchStore): Promise<readonly BenchResult[]> {
  const router = await createRouter({ store, secrets: memorySecrets(), providers: [] })
  try {
    const { performance } = router
    const [overall] = (await performance.report({ groupBy: [] })).rows
    if (overall?.requests !== MESSAGES) throw new Error(`${overall?.requests} messages are there`)
    const run = new Bench({ name: 'performance', iterations: 20, time: 500 })
    const of = `${name}, ${(MESSAGES / 1e6).toFixed(1)} million messages`
    const each = ['model', 'task-type', 'agent'] as const
    // Begins three days before a week of its month does, and ends three days after one.
    const days = { fromMs: START + 11 * DAY_MS, toMs: START + 76 * DAY_MS }
    const reports = {
      'by model': {},
      'by model, kind of task and agent': { groupBy: each },
      'by model, 65 days cut on both sides': days,
      'by model, kind of task and agent, 65 days cut on both sides': { ...days, groupBy: each },
      'by model and month': { groupBy: ['model', 'month'] },
      'by day, 65 days': { ...days, groupBy: ['day'] },
      'of one agent, by model, 65 days cut on both sides': { ...days, agentId: 'agent-3' },
    } as const
    for (const [title, query] of Object.entries(reports)) {
      run.add(`${of}: report ${title}`, async () => void (await performance.report(query)))
    }
    run.add(`${of}: usage of one model`, async () => {
      await performance.usageOf('p/model-3')
    })
    await run.run()
    return fromTinybench(run)
  } finally {
    await router.close()
  }
}
