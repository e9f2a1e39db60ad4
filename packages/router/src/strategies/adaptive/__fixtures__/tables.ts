import type { CandidateTable, ExperienceCell, RankRequest } from '@imrs/core'
import { seededRandom } from '@imrs/core'

/** Models `p/0`, `p/1`, … of equal priority and unknown price. */
export function tableOf(size: number, changes: Partial<CandidateTable> = {}): CandidateTable {
  return {
    size,
    modelIds: Array.from({ length: size }, (_, row) => `p/${String(row).padStart(3, '0')}`),
    capabilities: new Uint32Array(size),
    priority: new Float64Array(size).fill(0.5),
    price: new Float64Array(size).fill(Number.NaN),
    contextLength: new Float64Array(size),
    cacheSaving: new Float64Array(size),
    createdAtMs: new Float64Array(size),
    ...changes,
  }
}

export const JUNE: number = Date.UTC(2026, 5, 15)

/** Ratings of one model at one task in June, in the agent's own scope. */
export function cellOf(
  taskType: string,
  modelId: string,
  changes: Partial<ExperienceCell> & { readonly ratings?: readonly number[] } = {},
): ExperienceCell {
  const { ratings = [], ...rest } = changes
  const milli = ratings.map((rating) => Math.round(rating * 1000))
  return {
    scope: 'agent',
    tenantId: 't',
    agentId: 'a',
    taskType,
    modelId,
    month: '2026-06',
    epoch: 0,
    count: milli.length,
    sum: milli.reduce((sum, rating) => sum + rating, 0),
    sumOfSquares: milli.reduce((sum, rating) => sum + rating * rating, 0),
    ...rest,
  }
}

export function requestOf(
  table: CandidateTable,
  changes: Partial<RankRequest> & { readonly seed?: number } = {},
): RankRequest {
  const { seed = 1, ...rest } = changes
  return {
    input: { taskType: 'code', requiredCapabilities: 0, atMs: JUNE },
    table,
    rows: Uint32Array.from({ length: table.size }, (_, row) => row),
    experience: undefined,
    limit: 8,
    random: seededRandom(seed),
    ...rest,
  }
}
