import type { CandidateTable, Strategy } from '@imrs/core'
import { ConfigError } from '@imrs/core'

import { costWeightOf } from './adaptive/adaptive-options.ts'
import { priceScaleOf } from './adaptive/learned.ts'
import type { PriceScale } from './adaptive/learned.ts'
import { topRows } from './top-rows.ts'
import { weightedScores } from './weighted.ts'

export interface BestValueOptions {
  /**
   * What a lower price is worth, as the dial of `adaptive` has it: 0 is quality only, 1 price only. At
   * `d`, a model that costs as much more as the median model costs in all must be better by
   * `0.1 · d / (1 − d)`. A request may bring its own, `ChatRequest.costQuality`, which counts for it.
   */
  readonly costQuality: number
}

/**
 * The score of `weighted` less what the price is worth: quality and price on one dial, without any
 * chance. An unknown price counts as the highest of the agent's models; where no price is known,
 * quality alone decides. Propensity 1.
 *
 * @throws ConfigError for a dial that is not from 0 to 1.
 */
export function bestValue({ costQuality }: BestValueOptions): Strategy {
  if (!(costQuality >= 0 && costQuality <= 1)) {
    throw new ConfigError(
      `\`costQuality\` must be a number from 0 to 1, got ${String(costQuality)}`,
    )
  }
  const ownWeight = costWeightOf(costQuality)
  const scales = new WeakMap<CandidateTable, PriceScale>()
  return {
    specVersion: 'v1',
    name: 'best-value',
    version: `1:${costQuality}`,
    rank: (request) => {
      const { table, rows, limit, input } = request
      const dial = input.costQuality
      const weight = dial === undefined ? ownWeight : costWeightOf(dial)
      const scale = scales.get(table) ?? priceScaleOf(table)
      scales.set(table, scale)
      const scores = weightedScores(request)
      if (scale.reference !== undefined && weight > 0) {
        for (let place = 0; place < rows.length; place += 1) {
          const price = knownPrice(table, rows[place] ?? 0, scale)
          scores[place] = (scores[place] ?? 0) - (weight * price) / scale.reference
        }
      }
      return { ...topRows({ table, rows, scores, limit }), propensity: 1, costQuality: dial }
    },
  }
}

function knownPrice({ price }: CandidateTable, row: number, { highest }: PriceScale): number {
  const value = price[row] ?? Number.NaN
  return Number.isNaN(value) ? highest : value
}
