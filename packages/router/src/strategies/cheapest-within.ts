import type { CandidateTable, Ranking, RankRequest, Strategy } from '@imrs/core'
import { ConfigError } from '@imrs/core'

import { weighted } from './weighted.ts'
import { drawsByChance, rankWithoutChance } from './without-chance.ts'
import { wrappedParts } from './wrapped-parts.ts'

export interface CheapestWithinOptions {
  /** How much worse than the best a model may be and still be as good, in scores of `of`; 0 or more. For `weighted` scores go from 0 to 1. */
  readonly tolerance: number
  /** What quality is: the score of this strategy, which must not draw. Default: `weighted()`. */
  readonly of?: Strategy | undefined
}

/** Scores that differ by less are equal: 0.7 − 0.1 is not 0.6 in binary. */
const ROUNDING = 1e-9

/**
 * Of the models that are about as good as the best, the cheapest first; one whose price is unknown
 * comes after those. Then the rest, the best first. Equal prices go by quality. Scores are qualities,
 * so that they do not fall from place to place.
 *
 * Nothing is drawn: propensity 1. A strategy that draws is refused, as the chance of being the
 * cheapest of the good ones cannot be told from its own chances; `adaptive` has `costQuality` for that.
 * A decision that `of` forced stays as it is.
 *
 * @throws ConfigError for a tolerance that is no number of 0 or more, and for a strategy that draws.
 */
export function cheapestWithin(options: CheapestWithinOptions): Strategy {
  const { tolerance, of = weighted() } = options
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) {
    throw new ConfigError(`\`tolerance\` must be a number of 0 or more, got ${String(tolerance)}`)
  }
  if (drawsByChance(of)) {
    throw new ConfigError(`\`of\` must be a strategy that does not draw, got ${of.name}`)
  }
  return {
    specVersion: 'v1',
    name: `cheapest-within:${of.name}`,
    version: `1:${tolerance}:${of.version}`,
    ...wrappedParts(of),
    rank: (request) => {
      const quality = rankQuality(of, request, tolerance)
      return quality.isForced === true ? quality : cheapestFirst(quality, request, tolerance)
    },
  }
}

/** The ranking by quality, at least as far down as models are good enough. */
function rankQuality(of: Strategy, request: RankRequest, tolerance: number): Ranking {
  for (let { limit } = request; ; limit *= 4) {
    const ranking = rankWithoutChance(of, { ...request, limit })
    if (ranking === undefined) {
      throw new TypeError(`Strategy ${of.name} drew, though it did not when it was tried`)
    }
    const isWhole = ranking.isForced === true || ranking.rows.length >= request.rows.length
    if (isWhole || (ranking.scores.at(-1) ?? 0) < floorOf(ranking, tolerance)) return ranking
  }
}

function floorOf({ scores }: Ranking, tolerance: number): number {
  return (scores[0] ?? 0) - tolerance - ROUNDING
}

function cheapestFirst(
  quality: Ranking,
  { table, limit }: RankRequest,
  tolerance: number,
): Ranking {
  const { rows, scores } = quality
  const floor = floorOf(quality, tolerance)
  const places = [...rows.keys()]
  const good = places.filter((place) => (scores[place] ?? 0) >= floor)
  const rest = places.filter((place) => (scores[place] ?? 0) < floor)
  const price = (place: number): number => knownPrice(table, rows[place] ?? 0)
  // Places are in the order of quality, and sorting keeps it between equal prices.
  good.sort((left, right) => (price(left) === price(right) ? 0 : price(left) - price(right)))
  const order = [...good, ...rest].slice(0, limit)
  return {
    rows: Uint32Array.from(order, (place) => rows[place] ?? 0),
    scores: Float64Array.from(order, (place) => scores[place] ?? 0),
    propensity: 1,
    costQuality: quality.costQuality,
  }
}

function knownPrice({ price }: CandidateTable, row: number): number {
  const value = price[row] ?? Number.NaN
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
}
