import type { CandidateTable, RankRequest } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import { CellPosterior } from './cell-posterior.ts'
import type { AdaptiveLearned } from './learned.ts'

/** What is believed of each candidate, by its place among the rows of the request. */
export interface Beliefs {
  /** The mean rating that is expected, less what its price is worth. */
  readonly location: Float64Array
  /** The standard deviation that is drawn with: α times that of the belief. */
  readonly deviation: Float64Array
}

type Asked = Pick<RankRequest, 'input' | 'table' | 'rows'>

/** Puts the beliefs of a request into the arrays given, which may be longer than needed. */
export function formBeliefs(
  learned: AdaptiveLearned,
  request: Asked,
  { beliefs, options }: { readonly beliefs: Beliefs; readonly options: ResolvedAdaptiveOptions },
): void {
  const { table, rows } = request
  const posterior = new CellPosterior(learned, request.input.taskType, rows.length)
  const price = new PriceTerm(learned, table, options)
  const { location, deviation } = beliefs
  const perCandidate = posterior.ratings / Math.max(1, rows.length)
  const exploration = options.exploration / Math.sqrt(1 + perCandidate / options.coolingRatings)
  const isSame = learned.table === table
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    const known = isSame ? row : (learned.rowOf.get(table.modelIds[row] ?? '') ?? -1)
    posterior.settle(known)
    location[place] = posterior.mean - price.of(row)
    deviation[place] = exploration * Math.sqrt(posterior.variance)
  }
}

/** λ · cost / reference. */
class PriceTerm {
  readonly #price: Readonly<Float64Array>
  readonly #weight: number
  readonly #highest: number

  constructor(
    { prices }: AdaptiveLearned,
    { price }: CandidateTable,
    { costWeight }: ResolvedAdaptiveOptions,
  ) {
    this.#price = price
    this.#weight = prices.reference === undefined ? 0 : costWeight / prices.reference
    this.#highest = prices.highest
  }

  of(row: number): number {
    if (this.#weight === 0) return 0
    const price = this.#price[row] ?? Number.NaN
    return this.#weight * (Number.isNaN(price) ? this.#highest : price)
  }
}
