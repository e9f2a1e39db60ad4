import type { CandidateTable, ExperienceCell, LearningSource } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { fitModel } from './fit.ts'
import type { Fit } from './fit.ts'
import { collectStatistics, monthIndexOf, parseMonth } from './statistics.ts'
import type { Statistics } from './statistics.ts'

/** What the engine knows of one agent. Immutable, unless an incremental learner made it. */
export interface AdaptiveLearned {
  readonly kind: 'adaptive'
  readonly table: CandidateTable
  readonly rowOf: ReadonlyMap<string, number>
  readonly statistics: Statistics
  readonly fit: Fit
  readonly prices: PriceScale
  /** What the fit was made from: it serves on until enough has come since. */
  readonly basis: FitBasis
  /** When ratings were first seen, by this process; `undefined` before. Models made later are newcomers. */
  readonly ratedSinceMs: number | undefined
}

/** What makes a price a number of reference costs. */
export interface PriceScale {
  /** The median of the prices above 0 in the table; `undefined` where there are none, and price plays no part. */
  readonly reference: number | undefined
  /** What an unknown price is taken to be: the highest known one. */
  readonly highest: number
}

/** Ratings that a fit was made from, without decay, the month, and how many shifts there were. */
export interface FitBasis {
  readonly ratings: number
  readonly month: number
  readonly shifts: number
}

/** The strategy's `learn`. */
export function learn(
  source: LearningSource,
  previous: unknown,
  options: ResolvedAdaptiveOptions,
): AdaptiveLearned {
  const { table, cells, atMs, shifts = [] } = source
  const last = isLearned(previous) && previous.table === table ? previous : undefined
  const rowOf = last?.rowOf ?? new Map(table.modelIds.map((id, row) => [id, row]))
  const statistics = collectStatistics({ table, rowOf, cells, shifts, atMs, options })
  const basis: FitBasis = {
    ratings: ratingsIn(cells),
    month: monthIndexOf(atMs),
    shifts: shifts.length,
  }
  const prices = last?.prices ?? priceScaleOf(table)
  const ratedSinceMs = ratedSince(previous) ?? (statistics.total > 0 ? atMs : undefined)
  if (last !== undefined && holds(last.basis, basis, options)) {
    return { ...last, statistics, ratedSinceMs }
  }
  const since = { month: firstMonthOf(cells), atMs: ratedSinceMs }
  const newcomers = newcomersOf({ table, statistics, since, options })
  const fit = fitModel({ table, statistics, newcomers, options })
  return { kind: 'adaptive', table, rowOf, statistics, fit, prices, basis, ratedSinceMs }
}

/** Also of another table: what a model is new to is not changed by it. */
function ratedSince(previous: unknown): number | undefined {
  return isLearned(previous) ? previous.ratedSinceMs : undefined
}

export function isLearned(value: unknown): value is AdaptiveLearned {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'adaptive'
}

function holds(
  last: FitBasis,
  now: FitBasis,
  { refreshEvery }: Pick<ResolvedAdaptiveOptions, 'refreshEvery'>,
): boolean {
  // Ratings that were taken back count as well as ratings that came.
  const isNear = Math.abs(now.ratings - last.ratings) < dueAfter(last.ratings, refreshEvery)
  return isNear && now.month === last.month && now.shifts === last.shifts
}

/** How many ratings make a fit out of date: the first ones each, then as many as it was made from. */
export function dueAfter(ratings: number, refreshEvery: number): number {
  return Math.min(refreshEvery, Math.max(1, ratings))
}

/** A rating is in each scope that it bears on, and counts once: the widest has them all. */
function ratingsIn(cells: readonly ExperienceCell[]): number {
  const inScope = new Map<string, number>()
  for (const { scope, count } of cells) inScope.set(scope, (inScope.get(scope) ?? 0) + count)
  return Math.max(0, ...inScope.values())
}

/** The first month that has ratings. */
export function firstMonthOf(cells: readonly ExperienceCell[]): number {
  return cells.reduce(
    (first, { month, count }) => (count > 0 ? Math.min(first, parseMonth(month)) : first),
    Number.POSITIVE_INFINITY,
  )
}

interface NewcomerSource {
  readonly table: CandidateTable
  readonly statistics: Statistics
  /** The first month that has ratings, and the time at which some are known to have been there. */
  readonly since: { readonly month: number; readonly atMs: number | undefined }
  readonly options: Pick<ResolvedAdaptiveOptions, 'newcomerRatings'>
}

/** Models that came in a later month than the first ratings, or after ratings were seen, and have few themselves. */
export function newcomersOf({ table, statistics, since, options }: NewcomerSource): Uint8Array {
  const newcomers = new Uint8Array(table.size)
  for (let row = 0; row < table.size; row += 1) {
    const createdAtMs = table.createdAtMs[row] ?? 0
    const isLater = createdAtMs > (since.atMs ?? Number.POSITIVE_INFINITY)
    if (createdAtMs <= 0 || (!isLater && monthIndexOf(createdAtMs) <= since.month)) continue
    let ratings = 0
    for (const { count } of statistics.tasks.values()) ratings += count[row] ?? 0
    if (ratings < options.newcomerRatings) newcomers[row] = 1
  }
  return newcomers
}

export function priceScaleOf({ price }: CandidateTable): PriceScale {
  const known = price.filter((value) => value > 0).toSorted()
  const middle = known.length >>> 1
  const upper = known[middle]
  const lower = known.length % 2 === 1 ? upper : known[middle - 1]
  return {
    reference: upper === undefined || lower === undefined ? undefined : (lower + upper) / 2,
    highest: known.at(-1) ?? 0,
  }
}
