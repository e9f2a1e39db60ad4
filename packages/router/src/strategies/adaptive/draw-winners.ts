import type { CandidateTable, PropensityLog } from '@imrs/core'

import type { ResolvedAdaptiveOptions } from './adaptive-options.ts'
import type { Beliefs } from './beliefs.ts'
import { NORMALS, NORMALS_MASK } from './normals.ts'

export interface DrawSource {
  readonly table: CandidateTable
  readonly rows: Readonly<Uint32Array>
  readonly beliefs: Beliefs
  /** The places that can win, in ascending order. */
  readonly contenders: Readonly<Uint32Array>
  readonly random: () => number
  readonly options: Pick<ResolvedAdaptiveOptions, 'draws' | 'epsilon'>
}

/** A model that was chosen by chance. */
export interface Drawn {
  /** The place of the model among the rows. */
  readonly place: number
  /** Where the played draw begins in the table of normal numbers. */
  readonly offset: number
  /** The exact probability with which this place was chosen, given the winners. */
  readonly propensity: number
  readonly log: PropensityLog
}

/**
 * Draws the winner some times and plays one of them, or at times any candidate. Uses `draws + 3`
 * random numbers, whatever comes of it.
 */
export function drawWinners(source: DrawSource): Drawn {
  const { rows, random, options } = source
  const { draws, epsilon } = options
  const offsets = Array.from({ length: draws }, () => Math.floor(random() * (NORMALS_MASK + 1)))
  const winners = offsets.map((offset) => winnerOf(source, offset))
  const played = Math.min(draws - 1, Math.floor(random() * draws))
  const explores = random() < epsilon
  const uniform = Math.min(rows.length - 1, Math.floor(random() * rows.length))
  const place = explores ? uniform : (winners[played] ?? 0)
  // Also when a uniform draw chose: it might have been a winner as well, and the log does not tell which it was.
  const count = winners.filter((winner) => winner === place).length
  const log = { count, draws, epsilon, candidates: rows.length }
  return { place, offset: offsets[played] ?? 0, propensity: propensityOf(log), log }
}

/** p = (1 − ε) · count / draws + ε / candidates. */
export function propensityOf({ count, draws, epsilon, candidates }: PropensityLog): number {
  return Math.min(1, ((1 - epsilon) * count) / draws + epsilon / candidates)
}

/** Ties go to the lower price, then to the smaller id. */
function winnerOf({ table, rows, beliefs, contenders }: DrawSource, offset: number): number {
  const { location, deviation } = beliefs
  let winner = contenders[0] ?? 0
  let best = Number.NEGATIVE_INFINITY
  for (let index = 0; index < contenders.length; index += 1) {
    const place = contenders[index] ?? 0
    const normal = NORMALS[(offset + place) & NORMALS_MASK] ?? 0
    const drawn = (location[place] ?? 0) + (deviation[place] ?? 0) * normal
    if (drawn < best) continue
    if (drawn === best && !isCheaper(table, rows[place] ?? 0, rows[winner] ?? 0)) continue
    best = drawn
    winner = place
  }
  return winner
}

/** An unknown price is the highest. */
function isCheaper({ price }: CandidateTable, row: number, other: number): boolean {
  const [own, others] = [price[row] ?? Number.NaN, price[other] ?? Number.NaN]
  return Number.isNaN(others) ? !Number.isNaN(own) : own < others
}
