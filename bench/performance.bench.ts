import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { latencyBucketOf, seededRandom } from '@imrs/core'
import { createRouter } from '@imrs/router'
import { memorySecrets } from '@imrs/secrets'
import { sqliteStore } from '@imrs/store-sqlite'
import { Bench } from 'tinybench'

import { fromTinybench } from './bench-result.ts'
import type { BenchResult } from './bench-result.ts'

const MESSAGES = 10_000_000
const AGENTS = 10
const TASKS = 10
const MODELS = 30
const DAYS = 90
const DAY_MS = 86_400_000

/** The part of better-sqlite3 that is called here. */
interface RawSqlite {
  pragma(text: string): unknown
  exec(text: string): unknown
  prepare(text: string): { run(...values: unknown[]): unknown }
  close(): unknown
}

/** A row of figures, as the store writes them, of this many calls. */
function figuresOf(calls: number, random: () => number): readonly unknown[] {
  const failed = Math.floor(calls * 0.02)
  const histogram = (scale: number): string => {
    const counts: Record<string, number> = {}
    for (let call = 0; call < calls - failed; call += 1) {
      const bucket = latencyBucketOf(scale * Math.exp((random() + random() + random() - 1.5) * 2))
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    return JSON.stringify(counts)
  }
  const failures = failed === 0 ? '{}' : JSON.stringify({ 'rate-limited': failed })
  const tokens = [calls * 500, calls * 200, calls * 1_000_000, 0, calls * 2_000]
  return [calls, failed, failures, ...tokens, histogram(400), histogram(2_500), calls, 0, 0]
}

/** As many rows of figures as 10,000,000 messages make when every model is used for everything, every day. */
function fill(raw: RawSqlite, startMs: number): number {
  const random = seededRandom(1)
  const values = Array.from({ length: 19 }, () => '?').join(', ')
  const [daily, monthly] = ['daily', 'monthly'].map((name) =>
    raw.prepare(`insert into model_performance_${name} values (${values})`),
  )
  const perDay = Math.floor(MESSAGES / (AGENTS * TASKS * MODELS * DAYS))
  const months = new Map<string, number>()
  for (let day = 0; day < DAYS; day += 1) {
    const name = new Date(startMs + day * DAY_MS).toISOString().slice(0, 10)
    months.set(name.slice(0, 7), (months.get(name.slice(0, 7)) ?? 0) + perDay)
    for (const key of keys()) daily?.run('default', name, ...key, ...figuresOf(perDay, random))
  }
  for (const [month, calls] of months) {
    for (const key of keys()) monthly?.run('default', month, ...key, ...figuresOf(calls, random))
  }
  const rating = raw.prepare(
    `insert into model_experience (tenant_id, scope, agent_id, task_type, model_id, month, epoch,
      rating_count, rating_sum, rating_sum_of_squares) values (?, 'agent', ?, ?, ?, ?, 0, 60, 40000, 30000000)`,
  )
  for (const month of months.keys())
    for (const key of keys()) rating.run('default', ...key.slice(0, 3), month)
  return perDay * DAYS * AGENTS * TASKS * MODELS
}

function* keys(): Generator<readonly string[]> {
  for (let agent = 0; agent < AGENTS; agent += 1) {
    for (let task = 0; task < TASKS; task += 1) {
      for (let model = 0; model < MODELS; model += 1) {
        yield [`agent-${agent}`, `task-${task}`, `p/model-${model}`, 'p']
      }
    }
  }
}

/** Reports over the sums of 10,000,000 messages in 90 days, on a SQLite file. */
export async function bench(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'imrs-bench-'))
  const path = join(folder, 'imrs.db')
  const store = sqliteStore({ path })
  const router = await createRouter({ store, secrets: memorySecrets(), providers: [] })
  const Sqlite = createRequire(import.meta.resolve('@imrs/store-sqlite/package.json'))(
    'better-sqlite3',
  ) as new (path: string) => RawSqlite
  const raw = new Sqlite(path)
  try {
    const startMs = Date.UTC(2026, 0, 1)
    raw.pragma('synchronous = off')
    raw.exec('begin')
    const messages = fill(raw, startMs)
    raw.exec('commit')
    const run = new Bench({ name: 'performance', iterations: 10, time: 300, warmup: false })
    const of = `${(messages / 1e6).toFixed(1)} million messages`
    const { performance } = router
    run.add(`report by model, ${of}`, async () => void (await performance.report()))
    run.add(`report by model, task and agent, ${of}`, async () => {
      await performance.report({ groupBy: ['model', 'task-type', 'agent'] })
    })
    const days = { fromMs: startMs + 14 * DAY_MS, toMs: startMs + 75 * DAY_MS }
    run.add(`report by model, 61 days across months, ${of}`, async () => {
      await performance.report(days)
    })
    run.add(`usage of one model, ${of}`, async () => void (await performance.usageOf('p/model-3')))
    await run.run()
    return fromTinybench(run)
  } finally {
    raw.close()
    await router.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
