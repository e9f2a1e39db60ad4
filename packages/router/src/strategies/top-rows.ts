import type { CandidateTable } from '@imrs/core'

export interface TopRowsRequest {
  readonly table: CandidateTable
  readonly rows: Readonly<Uint32Array>
  /** By place in `rows`. */
  readonly scores: Readonly<Float64Array>
  readonly limit: number
}

export interface TopRows {
  readonly rows: Uint32Array
  readonly scores: Float64Array
}

/**
 * The best rows, best first: the higher score, then the lower price (an unknown one is highest),
 * then the smaller id.
 *
 * One pass with a short sorted list: of n rows only about limit · ln(n / limit) are ever moved.
 */
export function topRows({ table, rows, scores, limit }: TopRowsRequest): TopRows {
  const list = new TopList(table, Math.min(limit, rows.length))
  for (let place = 0; place < rows.length; place += 1) {
    list.offer(rows[place] ?? 0, scores[place] ?? 0)
  }
  return { rows: list.rows, scores: list.scores }
}

class TopList {
  readonly rows: Uint32Array
  readonly scores: Float64Array
  readonly #table: CandidateTable
  readonly #size: number
  #filled = 0

  constructor(table: CandidateTable, size: number) {
    this.#table = table
    this.#size = size
    this.rows = new Uint32Array(size)
    this.scores = new Float64Array(size)
  }

  offer(row: number, score: number): void {
    if (this.#filled === this.#size) {
      if (this.#size === 0 || !this.#beats(row, score, this.#size - 1)) return
    } else {
      this.#filled += 1
    }
    const place = this.#placeOf(row, score)
    const last = this.#filled - 1
    this.rows.copyWithin(place + 1, place, last)
    this.scores.copyWithin(place + 1, place, last)
    this.rows[place] = row
    this.scores[place] = score
  }

  /** The first place whose row it beats, by halving; the last place is free by now. */
  #placeOf(row: number, score: number): number {
    let low = 0
    let high = this.#filled - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#beats(row, score, middle)) high = middle
      else low = middle + 1
    }
    return low
  }

  #beats(row: number, score: number, place: number): boolean {
    const otherScore = this.scores[place] ?? 0
    if (score !== otherScore) return score > otherScore
    const other = this.rows[place] ?? 0
    const price = priceKey(this.#table, row)
    const otherPrice = priceKey(this.#table, other)
    return price === otherPrice ? row < other : price < otherPrice
  }
}

function priceKey({ price }: CandidateTable, row: number): number {
  const value = price[row] ?? Number.NaN
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
}
