import type { CandidateTable, Ranking, RankRequest, Strategy } from '@imrs/core'

class ChanceUsed extends Error {}

/** Ranks with a strategy that must not draw; `undefined` when it did. */
export function rankWithoutChance(strategy: Strategy, request: RankRequest): Ranking | undefined {
  try {
    return strategy.rank({ ...request, random: refuse })
  } catch (error) {
    if (error instanceof ChanceUsed) return undefined
    throw error
  }
}

/**
 * Whether a strategy draws, as found by asking it once. One that draws for other requests only is
 * found when it does: by {@link rankWithoutChance}.
 */
export function drawsByChance(strategy: Strategy): boolean {
  try {
    return rankWithoutChance(strategy, PROBE) === undefined
  } catch {
    // It may not like a table that is made up; that says nothing of chance.
    return false
  }
}

function refuse(): never {
  throw new ChanceUsed('Drew by chance where no chance is allowed')
}

const ROWS = [0, 1, 2, 3]

const TABLE: CandidateTable = {
  size: 4,
  modelIds: ['a/x', 'b/x', 'c/y', 'd/z'],
  capabilities: new Uint32Array(4).fill(1),
  priority: new Float64Array(4).fill(0.5),
  price: new Float64Array(4).fill(1),
  contextLength: new Float64Array(4).fill(8000),
  cacheSaving: new Float64Array(4),
  createdAtMs: new Float64Array(4),
  family: Uint32Array.of(0, 0, 2, 3),
  latencyMs: new Float64Array(4).fill(100),
}

/** As much alike as can be, two of them one model: what draws at all has reason to. */
const PROBE: RankRequest = {
  input: { taskType: 'code', requiredCapabilities: 1, atMs: 0 },
  table: TABLE,
  rows: Uint32Array.from(ROWS),
  experience: undefined,
  limit: 4,
  random: refuse,
}
