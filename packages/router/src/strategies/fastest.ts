import type { CandidateTable, RankRequest, Ranking, Strategy } from '@imrs/core'
import { ConfigError } from '@imrs/core'

import { raiseRow } from './raise-row.ts'
import { topRows } from './top-rows.ts'

export interface FastestOptions {
  /** Models that take at most so much longer than the fastest count as equally fast: the higher priority goes first among them. Default: `0`. */
  readonly withinMs?: number | undefined
  /** The share of requests whose model is drawn uniformly among all candidates, 0 to 1: else one that was never measured would never be. Default: `0.05`. */
  readonly explore?: number | undefined
}

/**
 * The model that begins to answer soonest, by the median of what was measured. Models of which
 * nothing is known come last, by priority. A score is 1 for an answer that begins at once, ½ after a
 * second, ⅓ after two, and 0 where nothing is known.
 *
 * Times are those that this process measured itself: another process, and this one after a start,
 * knows none, and until some are known priority decides. Quality plays no part.
 *
 * @throws ConfigError for an option out of its range.
 */
export function fastest(options: FastestOptions = {}): Strategy {
  const { withinMs = 0, explore = 0.05 } = options
  if (!(Number.isFinite(withinMs) && withinMs >= 0)) {
    throw new ConfigError(`\`withinMs\` must be a number of 0 or more, got ${String(withinMs)}`)
  }
  if (!(explore >= 0 && explore <= 1)) {
    throw new ConfigError(`\`explore\` must be a number from 0 to 1, got ${String(explore)}`)
  }
  return {
    specVersion: 'v1',
    name: 'fastest',
    version: `1:${withinMs}:${explore}`,
    wantsLatency: true,
    rank: (request) => {
      const ranking = rankByTime(request, withinMs)
      return explore === 0 ? { ...ranking, propensity: 1 } : explored(ranking, request, explore)
    },
  }
}

type Ordered = Pick<Ranking, 'rows' | 'scores'>

function rankByTime({ table, rows, limit }: RankRequest, withinMs: number): Ordered {
  const until =
    rows.reduce((least, row) => Math.min(least, timeOf(table, row)), Infinity) + withinMs
  // Equally fast ones above all others, each kind by its own measure.
  const keys = Float64Array.from(rows, (row) => {
    const time = timeOf(table, row)
    if (time === Infinity) return (table.priority[row] ?? 0) - 1
    return time <= until ? 1 + (table.priority[row] ?? 0) : speedOf(time)
  })
  const top = topRows({ table, rows, scores: keys, limit })
  return {
    rows: top.rows,
    scores: Float64Array.from(top.rows, (row) => speedOf(timeOf(table, row))),
  }
}

/** With the chance that was set, a candidate drawn uniformly comes first and the rest move down. */
function explored(ordered: Ordered, request: RankRequest, explore: number): Ranking {
  const { rows: candidates, random, table } = request
  const greedy = ordered.rows[0]
  const drawn = random() < explore ? candidates[Math.floor(random() * candidates.length)] : greedy
  const isGreedy = drawn === greedy
  const log = { count: Number(isGreedy), draws: 1, epsilon: explore, candidates: candidates.length }
  // A uniform draw may land on the fastest as well: that it did adds to its chance.
  const propensity = (isGreedy ? 1 - explore : 0) + explore / candidates.length
  const ranked =
    drawn === undefined || isGreedy
      ? ordered
      : raiseRow(ordered, drawn, () => speedOf(timeOf(table, drawn)))
  return { ...ranked, propensity, propensityLog: log }
}

function timeOf({ latencyMs }: CandidateTable, row: number): number {
  const value = latencyMs?.[row] ?? Number.NaN
  return Number.isNaN(value) ? Infinity : value
}

function speedOf(timeMs: number): number {
  return 1000 / (1000 + timeMs)
}
