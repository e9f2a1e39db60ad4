import { seededRandom } from '@imrs/core'
import type {
  CandidateTable,
  ExperienceCell,
  RankRequest,
  Strategy,
  TaskExperience,
} from '@imrs/core'
import { describe, expect, it } from 'vitest'

export interface StrategyContractSetup {
  readonly name: string
  readonly make: () => Strategy
}

/** What every strategy promises, whatever it prefers. */
export function strategyContract({ name, make }: StrategyContractSetup): void {
  describe(`strategy contract: ${name}`, () => {
    it('ranks min(limit, rows) different rows out of those it was given', () => {
      for (const [size, limit] of [
        [1, 1],
        [5, 64],
        [64, 64],
        [300, 64],
        [300, 1],
      ] as const) {
        const request = makeRequest({ seed: size, size, limit })
        const { rows, scores } = make().rank(request)
        expect(rows).toHaveLength(Math.min(limit, request.rows.length))
        expect(scores).toHaveLength(rows.length)
        expect(new Set(rows).size).toBe(rows.length)
        for (const row of rows) expect(request.rows).toContain(row)
      }
    })

    it('gives the same ranking for the same request and chance', () => {
      const rank = () => make().rank(makeRequest({ seed: 7, size: 100, limit: 20 }))
      expect(rank()).toEqual(rank())
    })

    it('changes nothing it was given', () => {
      const request = makeRequest({ seed: 3, size: 50, limit: 10 })
      const untouched = makeRequest({ seed: 3, size: 50, limit: 10 })
      make().rank(request)
      expect(request.rows).toEqual(untouched.rows)
      expect(request.table).toEqual(untouched.table)
      expect(request.experience).toEqual(untouched.experience)
    })

    it('states a propensity above 0 and of 1 at most', () => {
      for (let seed = 0; seed < 50; seed += 1) {
        const { propensity } = make().rank(makeRequest({ seed, size: 20, limit: 5 }))
        expect(propensity).toBeGreaterThan(0)
        expect(propensity).toBeLessThanOrEqual(1)
      }
    })

    it('learns the same from the same ratings, changes none, and ranks with what it learned', () => {
      const request = makeRequest({ seed: 5, size: 60, limit: 10 })
      const cells = makeCells(request.table)
      const [strategy, untouched] = [make(), structuredClone(cells)]
      const source = { table: request.table, cells, atMs: AT }
      const learned = strategy.learn?.(source)
      expect(make().learn?.(source)).toEqual(learned)
      expect(cells).toEqual(untouched)
      const again = strategy.learn?.(source, learned)
      for (const known of [learned, again]) {
        const random = seededRandom(9)
        const { rows, scores, propensity } = strategy.rank({ ...request, learned: known, random })
        expect(new Set(rows).size).toBe(10)
        for (const row of rows) expect(request.rows).toContain(row)
        expect([...scores].every(Number.isFinite)).toBe(true)
        expect(propensity).toBeGreaterThan(0)
      }
    })

    it('goes by the dial of a request, or does as if there were none', () => {
      const request = makeRequest({ seed: 11, size: 60, limit: 20 })
      const rankAt = (costQuality: number | undefined) => {
        const input = { ...request.input, costQuality }
        return make().rank({ ...request, input, random: seededRandom(4) })
      }
      const without = rankAt(undefined)
      expect(without.costQuality).toBeUndefined()
      for (const dial of [0, 0.3, 1]) {
        const ranking = rankAt(dial)
        if (ranking.costQuality === undefined) expect(ranking).toEqual(without)
        else expect(ranking.costQuality).toBe(dial)
        expect([...ranking.scores].every(Number.isFinite)).toBe(true)
        expect(ranking.propensity).toBeGreaterThan(0)
        expect(ranking.propensity).toBeLessThanOrEqual(1)
        expect(rankAt(dial)).toEqual(ranking)
      }
    })

    it('takes requests without experience and without prices', () => {
      const request = makeRequest({ seed: 1, size: 10, limit: 10 })
      const price = new Float64Array(10).fill(Number.NaN)
      const bare = { ...request, experience: undefined, table: { ...request.table, price } }
      const { scores } = make().rank(bare)
      expect([...scores].every(Number.isFinite)).toBe(true)
    })
  })
}

const AT = Date.UTC(2026, 2, 14)

/** Ratings of every second model, in two months. */
function makeCells({ modelIds }: CandidateTable): readonly ExperienceCell[] {
  return modelIds.flatMap((modelId, row) =>
    row % 2 === 1
      ? []
      : ['2026-02', '2026-03'].map((month) => ({
          scope: 'agent' as const,
          tenantId: 't',
          agentId: 'a',
          taskType: 'code',
          modelId,
          month,
          epoch: 0,
          count: row + 1,
          sum: (row + 1) * 700,
          sumOfSquares: (row + 1) * 600_000,
        })),
  )
}

interface RequestShape {
  readonly seed: number
  readonly size: number
  readonly limit: number
}

function makeRequest({ seed, size, limit }: RequestShape): RankRequest {
  const random = seededRandom(seed)
  const numbers = (make: () => number): Float64Array => Float64Array.from({ length: size }, make)
  const table: CandidateTable = {
    size,
    modelIds: Array.from({ length: size }, (_, row) => `p/model-${String(row).padStart(5, '0')}`),
    capabilities: new Uint32Array(size).fill(1),
    priority: numbers(() => Math.floor(random() * 5) / 4),
    price: numbers(() => (random() < 0.2 ? Number.NaN : Math.floor(random() * 4))),
    contextLength: numbers(() => 8000),
    cacheSaving: numbers(() => 0.5),
    createdAtMs: numbers(() => 0),
    // Every fifth model is the one before it, at another provider.
    family: Uint32Array.from({ length: size }, (_, row) => (row % 5 === 4 ? row - 1 : row)),
    latencyMs: numbers(() => (random() < 0.3 ? Number.NaN : Math.floor(random() * 900))),
  }
  const count = numbers(() => Math.floor(random() * 3))
  const experience: TaskExperience = { count, sum: count.map((ratings) => ratings * random()) }
  const kept = Array.from({ length: size }, (_, row) => row).filter((row) => row % 7 !== 3)
  return {
    input: { taskType: 'code', requiredCapabilities: 1, atMs: 0 },
    table,
    rows: Uint32Array.from(kept),
    experience,
    limit,
    random: seededRandom(seed + 1),
  }
}
