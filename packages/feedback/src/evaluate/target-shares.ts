import { drawSeed, seededRandom, toCapabilityMask } from '@imrs/core'
import type { Strategy, StrategyInput } from '@imrs/core'

import type { LoggedRequest } from './logged-request.ts'

/** Makes the draws of a target differ from those that the log was made with. */
const OTHER_CHANCE = 0x9e_37_79_b9

/**
 * With which probability a strategy plays each row of a logged request: 1 for one row where it uses no
 * chance, else the share of `draws` seeds. Such shares are right on average, which is all that the
 * estimators ask. `undefined` when it plays none.
 */
export function targetShares(
  strategy: Strategy,
  request: LoggedRequest,
  draws: number,
): Float64Array | undefined {
  const { table, decision } = request
  const shares = new Float64Array(table.size)
  const learned = strategy.learn?.({ table, cells: request.cells, atMs: decision.atMs })
  const nextSeed = seededRandom((decision.seed ^ OTHER_CHANCE) >>> 0)
  let drawn = 0
  do {
    const chance = countedRandom(drawSeed(nextSeed))
    const [first] = strategy.rank({
      input: inputOf(request),
      table,
      rows: request.rows,
      experience: request.experience,
      learned,
      limit: 1,
      random: chance.random,
    }).rows
    if (first === undefined) return undefined
    drawn += 1
    shares[first] = (shares[first] ?? 0) + 1
    if (chance.used() === 0) break
  } while (drawn < draws)
  return shares.map((count) => count / drawn)
}

function inputOf({ decision }: LoggedRequest): StrategyInput {
  return {
    taskType: decision.task.type,
    requiredCapabilities: toCapabilityMask(decision.requiredCapabilities),
    atMs: decision.atMs,
    // The request brought it, whether or not what answered then had a dial.
    costQuality: decision.costQuality ?? decision.ignoredCostQuality,
  }
}

function countedRandom(seed: number): {
  readonly random: () => number
  readonly used: () => number
} {
  const next = seededRandom(seed)
  let used = 0
  return {
    random: () => {
      used += 1
      return next()
    },
    used: () => used,
  }
}
