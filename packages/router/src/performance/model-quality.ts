import { DEFAULT_TENANT_ID, ImrsError, addCounts, assertHostId, latencySummary } from '@imrs/core'
import type { CallOptions, FigureKey, Store } from '@imrs/core'

import { ENOUGH_RATINGS } from './performance-api.ts'
import type { ModelQuality, QualityQuery } from './performance-api.ts'
import { ratingFigure } from './rating-interval.ts'

export interface ModelQualityOptions {
  readonly store: Pick<Store, 'performance'>
}

/** What one model was rated at one kind of task, and how soon it began to answer. */
interface Pair {
  readonly modelId: string
  readonly taskType: string
  readonly firstPart: Record<string, number>
  count: number
  sum: number
  sumOfSquares: number
}

/** How good models were found, by model and kind of task, of those that were rated often enough. */
export async function modelQuality(
  { store }: ModelQualityOptions,
  query: QualityQuery,
  call?: CallOptions,
): Promise<readonly ModelQuality[]> {
  const { tenantId = DEFAULT_TENANT_ID, agentIds, minRatings = ENOUGH_RATINGS } = query
  assertQuery({ tenantId, agentIds, minRatings })
  const pair = ['model', 'task-type'] as const
  const asked = { tenantId, groupBy: agentIds === undefined ? pair : [...pair, 'agent' as const] }
  const [figures, ratings] = await Promise.all([
    store.performance.sumFigures(asked, call),
    store.performance.sumRatings(asked, call),
  ])
  const isOf = ({ agentId = '' }: FigureKey): boolean => agentIds?.includes(agentId) ?? true
  const pairs = new Pairs()
  for (const sums of ratings.filter(isOf)) pairs.addRatings(sums)
  for (const sums of figures.filter(isOf)) addCounts(pairs.of(sums).firstPart, sums.firstPart)
  return Object.freeze(pairs.ratedAtLeast(minRatings))
}

class Pairs {
  readonly #pairs = new Map<string, Pair>()

  of({ modelId = '', taskType = '' }: FigureKey): Pair {
    // No stored text holds what parts the names.
    const name = `${modelId}\0${taskType}`
    const none = { count: 0, sum: 0, sumOfSquares: 0 }
    const pair = this.#pairs.get(name) ?? { modelId, taskType, firstPart: {}, ...none }
    this.#pairs.set(name, pair)
    return pair
  }

  addRatings(sums: FigureKey & Pick<Pair, 'count' | 'sum' | 'sumOfSquares'>): void {
    const pair = this.of(sums)
    pair.count += sums.count
    pair.sum += sums.sum
    pair.sumOfSquares += sums.sumOfSquares
  }

  /** By model and kind of task. */
  ratedAtLeast(minRatings: number): readonly ModelQuality[] {
    const names = [...this.#pairs.keys()].sort((left, right) => (left < right ? -1 : 1))
    return names.flatMap((name) => {
      const pair = this.#pairs.get(name)
      const rating = pair === undefined ? undefined : ratingFigure(pair)
      if (pair === undefined || rating === undefined || rating.count < minRatings) return []
      const { modelId, taskType, firstPart } = pair
      const [firstPartMs] = latencySummary(firstPart, [0.5])?.percentiles ?? []
      return [{ modelId, taskType, rating, firstPartMs }]
    })
  }
}

function assertQuery({
  tenantId,
  agentIds = [],
  minRatings,
}: QualityQuery & { readonly tenantId: string; readonly minRatings: number }): void {
  assertHostId('tenantId', tenantId)
  for (const agentId of agentIds) assertHostId('agentIds', agentId)
  if (Number.isInteger(minRatings) && minRatings > 0) return
  const message = `\`minRatings\` must be a whole number of 1 or more, got ${String(minRatings)}`
  throw new ImrsError('invalid-request', message, { field: 'minRatings' })
}
