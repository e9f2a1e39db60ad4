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
  const size = Math.min(limit, rows.length)
  const top = { rows: new Uint32Array(size), scores: new Float64Array(size) }
  let filled = 0
  for (let place = 0; place < rows.length; place += 1) {
    const row = rows[place] ?? 0
    const score = scores[place] ?? 0
    const candidate = { row, score, price: table.price[row] ?? Number.NaN }
    if (filled === size && !beats(candidate, top, { at: size - 1, table })) continue
    insert(top, candidate, { filled, size, table })
    if (filled < size) filled += 1
  }
  return top
}

interface Candidate {
  readonly row: number
  readonly score: number
  readonly price: number
}

function insert(
  top: TopRows,
  candidate: Candidate,
  { filled, size, table }: { filled: number; size: number; table: CandidateTable },
): void {
  let low = 0
  let high = filled
  while (low < high) {
    const middle = (low + high) >>> 1
    if (beats(candidate, top, { at: middle, table })) high = middle
    else low = middle + 1
  }
  const end = Math.min(filled, size - 1)
  top.rows.copyWithin(low + 1, low, end)
  top.scores.copyWithin(low + 1, low, end)
  top.rows[low] = candidate.row
  top.scores[low] = candidate.score
}

function beats(
  candidate: Candidate,
  top: TopRows,
  { at, table }: { at: number; table: CandidateTable },
): boolean {
  const score = top.scores[at] ?? 0
  if (candidate.score !== score) return candidate.score > score
  const row = top.rows[at] ?? 0
  const price = table.price[row] ?? Number.NaN
  if (candidate.price !== price) {
    if (Number.isNaN(candidate.price)) return Number.isNaN(price) && candidate.row < row
    return Number.isNaN(price) || candidate.price < price
  }
  return candidate.row < row
}
