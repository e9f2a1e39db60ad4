import { MODEL_SORTS, sortValueOf, toModelCursor } from '@imrs/core'
import type { ModelFilter, ModelQuery, ModelSort, Store } from '@imrs/core'

import type { BenchResult } from './bench-result.ts'
import { postgresDatabase, sqliteDatabase } from './catalog-databases.ts'
import type { BenchDatabase } from './catalog-databases.ts'
import { benchModels } from './catalog-rows.ts'

const STORED = Number(process.env['IMRS_BENCH_MODELS'] ?? 1_000_000)
const SYNCED = 50_000
const ROUNDS = 12
const DIRECTIONS = ['asc', 'desc'] as const

const FILTERS: Readonly<Record<string, ModelFilter>> = {
  'no filter': {},
  'one provider': { providerId: 'provider-07' },
  'one provider, type, tier, capability, available': {
    providerId: 'provider-07',
    modelType: 'chat',
    costTier: 'standard',
    capability: 'vision',
    isAvailable: true,
  },
  'one provider, rare type (50 of 50,000)': { providerId: 'provider-07', modelType: 'moderation' },
  'three providers': { providerIds: ['provider-03', 'provider-07', 'provider-11'] },
  'type and available': { modelType: 'chat', isAvailable: true },
  'one tier': { costTier: 'low' },
  'tier and type (1 in 200)': { costTier: 'low', modelType: 'image' },
  capability: { capability: 'video' },
  'rare type (1 in 1,000)': { modelType: 'moderation' },
}

const SEARCHES: readonly string[] = [
  'aps',
  'gpt 9abc',
  'llama mini abc',
  'seek 7 vision',
  'gpt-4 mini',
  'claude',
]

/** Milliseconds of one call, after one that warmed it up. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await call()
  return performance.now() - start
}

interface Sample {
  readonly ms: number
  readonly label: string
}

function toResult(name: string, samples: readonly Sample[]): BenchResult {
  const sorted = samples.toSorted((left, right) => left.ms - right.ms)
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.ms ?? Number.NaN
  const worst = sorted.at(-1)
  const note = worst?.label === '' ? undefined : `slowest: ${worst?.label}`
  return { name, unit: 'ms', p50: at(0.5), p99: at(0.99), samples: samples.length, note }
}

/** Cursors to the middle of the list in each order, made of a model that is there. */
function deepCursors(): ReadonlyMap<string, string> {
  const cursors = new Map<string, string>()
  const models = [...benchModels(1_000)]
  for (const sort of MODEL_SORTS) {
    const known = models.filter((model) => sortValueOf(model, sort) !== undefined)
    known.sort((left, right) => (sortKey(left, sort) < sortKey(right, sort) ? -1 : 1))
    const model = known[Math.floor(known.length / 2)]
    if (model === undefined) continue
    for (const direction of DIRECTIONS) {
      const value = sortValueOf(model, sort)
      cursors.set(`${sort} ${direction}`, toModelCursor({ sort, direction, value, id: model.id }))
    }
  }
  return cursors
}

function sortKey(model: Parameters<typeof sortValueOf>[0], sort: ModelSort): string | number {
  return sortValueOf(model, sort) ?? 0
}

async function measurePages(
  store: Store,
  name: string,
  queries: readonly (readonly [string, ModelQuery])[],
): Promise<BenchResult> {
  const samples: Sample[] = []
  for (const [label, query] of queries) {
    await store.models.list(query)
    for (let round = 0; round < ROUNDS; round += 1) {
      samples.push({ label, ms: await timed(() => store.models.list(query)) })
    }
  }
  return toResult(name, samples)
}

async function measureLists({ name, store }: BenchDatabase): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  const cursors = deepCursors()
  const orders = MODEL_SORTS.flatMap((sort) => DIRECTIONS.map((direction) => ({ sort, direction })))
  const label = ({ sort, direction }: (typeof orders)[number]): string => `${sort} ${direction}`
  for (const [filterName, filter] of Object.entries(FILTERS)) {
    const first = orders.map((order) => [label(order), { ...filter, ...order }] as const)
    results.push(await measurePages(store, `${name}, ${filterName}, first page`, first))
    const deep = orders.map((order) => {
      const cursor = cursors.get(label(order))
      return [label(order), { ...filter, ...order, cursor }] as const
    })
    results.push(await measurePages(store, `${name}, ${filterName}, from the middle`, deep))
  }
  for (const search of SEARCHES) {
    const all = orders.map((order) => [label(order), { search, ...order }] as const)
    const found = await store.models.count({ search })
    const searchName = `search "${search}", which ${found.toLocaleString('en')} fit`
    results.push(await measurePages(store, `${name}, ${searchName}`, all))
  }
  const numbered = [1, 50].flatMap((page) =>
    Object.entries(FILTERS).map(
      ([filterName, filter]) =>
        [
          `${filterName}, page ${page}`,
          { ...filter, sort: 'priority', page, perPage: 50 },
        ] as const,
    ),
  )
  results.push(await measurePages(store, `${name}, by page number, with the total`, numbered))
  return results
}

/** A provider of 50,000 models, beside everything that is stored: first, as it was, and partly changed. */
async function measureSync({ name, store }: BenchDatabase): Promise<BenchResult[]> {
  const models = [...benchModels(SYNCED, 2)].map((model) => ({
    ...model,
    id: `synced/${model.externalId}`,
    providerId: 'synced',
  }))
  const sync = (list: typeof models, syncedAtMs: number): Promise<number> =>
    timed(() => store.models.sync({ providerId: 'synced', syncedAtMs, models: list }))
  const changed = models.map((model, index) =>
    index % 10 === 0 ? { ...model, pricing: { input: '1', output: '2' } } : model,
  )
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  const first = await sync(models, 1)
  const again = await sync(models, 2)
  const partly = await sync(changed, 3)
  const grown = Math.round((process.memoryUsage.rss() - before) / 1_048_576)
  const result = (what: string, ms: number, note?: string): BenchResult => ({
    name: `${name}, sync of 50,000 models, ${what}`,
    unit: 'ms',
    p50: ms,
    p99: ms,
    samples: 1,
    note,
  })
  return [
    result('first', first),
    result('nothing changed', again),
    result('one in ten changed', partly, `memory grew by ${grown} MB in all three`),
  ]
}

/** Pages of a catalogue of 1,000,000 models, and syncs beside it. Takes minutes, most of them to build it. */
export async function bench(): Promise<BenchResult[]> {
  const results: BenchResult[] = []
  for (const open of [sqliteDatabase, postgresDatabase]) {
    const database = await open(STORED)
    if (database === undefined) continue
    try {
      results.push(...(await measureLists(database)), ...(await measureSync(database)))
    } finally {
      await database.close()
    }
  }
  return results
}
