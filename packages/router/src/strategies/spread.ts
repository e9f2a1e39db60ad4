import type {
  CandidateTable,
  PropensityLog,
  Ranking,
  RankRequest,
  Strategy,
  TaskExperience,
} from '@imrs/core'
import { ConfigError } from '@imrs/core'

import { findEqualRows, poolCells, poolExperience } from './equal-rows.ts'
import type { EqualRows } from './equal-rows.ts'
import { wrappedParts } from './wrapped-parts.ts'

/** How load is spread over equal providers. */
export const SPREAD_WEIGHTS = ['uniform', 'price'] as const
export type SpreadWeight = (typeof SPREAD_WEIGHTS)[number]

export interface SpreadOptions {
  /** `uniform`: all alike. `price`: in proportion to 1 / price; an unknown price counts as the highest of them, free ones share all. Default: `uniform`. */
  readonly by?: SpreadWeight | undefined
}

/**
 * Spreads load over the providers of one model: the given strategy orders models, and providers of
 * the same model are put in an order that is drawn for each request. Rows are the same model when
 * `CandidateTable.family` says so and their priorities are equal: a provider of lower priority is a
 * reserve and stays where it is.
 *
 * Such rows are shown to the given strategy as one, at the cheapest one's price and with the ratings
 * of all, whether or not the cheapest can be called right now. A conversation that keeps its model keeps its
 * provider, which may have the prompt in its cache.
 *
 * A strategy that raises alarms does so for the cheapest one alone.
 *
 * There is no turn-taking: strategies remember nothing, and the draw depends on the decision's seed,
 * so that load is even over many requests, in every process alike. The propensity is exact: the
 * chance of the model times the chance of the provider.
 *
 * @throws ConfigError for another `by`.
 */
export function spread(strategy: Strategy, options: SpreadOptions = {}): Strategy {
  const { by = 'uniform' } = options
  if (!SPREAD_WEIGHTS.includes(by)) {
    throw new ConfigError(`\`by\` must be "uniform" or "price", got ${JSON.stringify(by)}`)
  }
  const pools = new Pools()
  return {
    specVersion: 'v1',
    name: `spread:${strategy.name}`,
    version: `1:${by}:${strategy.version}`,
    ...wrappedParts(strategy),
    ...(strategy.learn === undefined
      ? {}
      : {
          learn: (source, previous) =>
            strategy.learn?.(poolCells(source, pools.equalRows(source.table)), previous),
        }),
    rank: (request) => {
      const equal = pools.equalRows(request.table)
      return equal.hasEqual
        ? new Spreading({ strategy, request, by, equal, pools }).rank()
        : strategy.rank(request)
    },
  }
}

/** What follows from a table or from ratings alone, found once for each. */
class Pools {
  readonly #equalRows = new WeakMap<CandidateTable, EqualRows>()
  readonly #experience = new WeakMap<TaskExperience, TaskExperience>()

  equalRows(table: CandidateTable): EqualRows {
    const known = this.#equalRows.get(table) ?? findEqualRows(table)
    this.#equalRows.set(table, known)
    return known
  }

  experience(experience: TaskExperience, equal: EqualRows): TaskExperience {
    const known = this.#experience.get(experience) ?? poolExperience(experience, equal)
    this.#experience.set(experience, known)
    return known
  }
}

interface SpreadingSource {
  readonly strategy: Strategy
  readonly request: RankRequest
  readonly by: SpreadWeight
  readonly equal: EqualRows
  readonly pools: Pools
}

/** One ranking. */
class Spreading {
  readonly #source: SpreadingSource
  /** The candidates that a row speaks for. */
  readonly #members = new Map<number, number[]>()

  constructor(source: SpreadingSource) {
    this.#source = source
    for (const row of source.request.rows) {
      const speaker = this.#speakerOf(row)
      const members = this.#members.get(speaker)
      if (members === undefined) this.#members.set(speaker, [row])
      else members.push(row)
    }
  }

  rank(): Ranking {
    const { strategy, request } = this.#source
    const ranking = strategy.rank(this.#asked())
    const size = Math.min(request.limit, request.rows.length)
    const rows = new Uint32Array(size)
    const scores = new Float64Array(size)
    let [filled, share] = [0, 1]
    for (const [place, speaker] of ranking.rows.entries()) {
      const drawn = this.#drawOrder(this.#members.get(speaker) ?? [])
      if (place === 0) ({ share } = drawn)
      for (const row of drawn.rows.slice(0, size - filled)) {
        rows[filled] = row
        scores[filled] = ranking.scores[place] ?? 0
        filled += 1
      }
      if (filled === size) break
    }
    return { ...ranking, rows, scores, ...this.#chanceOf(ranking, share) }
  }

  /** What the given strategy is asked: which model. */
  #asked(): RankRequest {
    const { request, equal, pools } = this.#source
    const { conversation } = request.input
    const row = conversation?.row === undefined ? undefined : this.#speakerOf(conversation.row)
    return {
      ...request,
      input:
        conversation === undefined
          ? request.input
          : { ...request.input, conversation: { ...conversation, row } },
      rows: Uint32Array.from(this.#members.keys()).sort(),
      experience: request.experience && pools.experience(request.experience, equal),
    }
  }

  #speakerOf(row: number): number {
    return this.#source.equal.speakerOf[row] ?? row
  }

  /** Equal rows in an order drawn without putting back, and the chance that the first of them was first. */
  #drawOrder(members: readonly number[]): { readonly rows: number[]; readonly share: number } {
    const { random, input, table } = this.#source.request
    const left = [...members]
    const rows: number[] = []
    let share = 1
    const stays = left.indexOf(input.conversation?.row ?? -1)
    if (stays >= 0) rows.push(...left.splice(stays, 1))
    while (left.length > 0) {
      const weights = this.#source.by === 'price' ? weightsByPrice(table, left) : left.map(() => 1)
      const chosen = left.length === 1 ? 0 : draw(weights, random)
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      if (rows.length === 0) share = (weights[chosen] ?? 0) / total
      rows.push(...left.splice(chosen, 1))
    }
    return { rows, share }
  }

  #chanceOf(ranking: Ranking, share: number): Pick<Ranking, 'propensity' | 'propensityLog'> {
    const { propensity, propensityLog } = ranking
    if (share === 1) return { propensity, propensityLog }
    const certain = { count: 1, draws: 1, epsilon: 0, candidates: this.#members.size }
    const log: PropensityLog = propensityLog ?? certain
    return {
      propensity: propensity * share,
      propensityLog: { ...log, share: (log.share ?? 1) * share },
    }
  }
}

function draw(weights: readonly number[], random: () => number): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let left = random() * total
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  // Rounding may leave a trace of the last one's weight.
  return weights.findLastIndex((weight) => weight > 0)
}

function weightsByPrice({ price }: CandidateTable, rows: readonly number[]): readonly number[] {
  const prices = rows.map((row) => price[row] ?? Number.NaN)
  const known = prices.filter((value) => !Number.isNaN(value))
  if (known.length === 0) return rows.map(() => 1)
  if (known.includes(0)) return prices.map((value) => Number(value === 0))
  const highest = Math.max(...known)
  return prices.map((value) => 1 / (Number.isNaN(value) ? highest : value))
}
