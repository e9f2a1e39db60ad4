import type { CandidateTable, RankRequest, Strategy } from '@imrs/core'
import { seededRandom } from '@imrs/core'

export interface Row {
  /** 0 to 1. Default: `0.5`. */
  readonly priority?: number
  /** Default: unknown. */
  readonly price?: number
  /** Row number of its family. Default: its own. */
  readonly family?: number
  /** Default: unknown. */
  readonly latencyMs?: number
  readonly ratings?: readonly number[]
}

/** A request whose candidates are all rows: `p/0`, `p/1`, … */
export function requestOf(rows: readonly Row[], changes: Partial<RankRequest> = {}): RankRequest {
  const numbers = (of: (row: Row) => number): Float64Array => Float64Array.from(rows, of)
  const table: CandidateTable = {
    size: rows.length,
    modelIds: rows.map((_, index) => `p/${index}`),
    capabilities: new Uint32Array(rows.length),
    priority: numbers((row) => row.priority ?? 0.5),
    price: numbers((row) => row.price ?? Number.NaN),
    contextLength: new Float64Array(rows.length),
    cacheSaving: new Float64Array(rows.length),
    createdAtMs: new Float64Array(rows.length),
    family: Uint32Array.from(rows, (row, index) => row.family ?? index),
    latencyMs: numbers((row) => row.latencyMs ?? Number.NaN),
  }
  return {
    input: { taskType: 'code', requiredCapabilities: 0, atMs: 0 },
    table,
    rows: Uint32Array.from(rows.keys()),
    experience: {
      count: numbers((row) => row.ratings?.length ?? 0),
      sum: numbers((row) => (row.ratings ?? []).reduce((sum, rating) => sum + rating, 0)),
    },
    limit: 64,
    random: seededRandom(1),
    ...changes,
  }
}

/** The request of a conversation that a row answered last. */
export function goingOn(request: RankRequest, row: number): RankRequest {
  const conversation = { row, isToolLoop: false, promptTokens: 100, cachedTokens: 0 }
  return { ...request, input: { ...request.input, conversation } }
}

/** How often each row came first over many seeds, and what each said its chance was then. */
export function playMany(
  strategy: Strategy,
  requestFor: (index: number) => RankRequest,
  runs = 20_000,
): ReadonlyMap<number, { readonly frequency: number; readonly propensities: ReadonlySet<number> }> {
  const played = new Map<number, { frequency: number; propensities: Set<number> }>()
  for (let index = 0; index < runs; index += 1) {
    const request = requestFor(index)
    const { rows, propensity } = strategy.rank({ ...request, random: seededRandom(index * 7919) })
    const first = rows[0] ?? -1
    const found = played.get(first) ?? { frequency: 0, propensities: new Set() }
    found.frequency += 1 / runs
    found.propensities.add(Math.round(propensity * 1e9) / 1e9)
    played.set(first, found)
  }
  return played
}
