import type { CandidateTable, RankRequest, TaskExperience } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { priority } from './priority.ts'
import { weighted } from './weighted.ts'

interface Row {
  readonly priority: number
  readonly ratings?: readonly number[]
  readonly price?: number
}

function requestOf(rows: readonly Row[]): RankRequest {
  const table: CandidateTable = {
    size: rows.length,
    modelIds: rows.map((_, index) => `p/${index}`),
    capabilities: new Uint32Array(rows.length),
    priority: Float64Array.from(rows, (row) => row.priority / 100),
    price: Float64Array.from(rows, (row) => row.price ?? Number.NaN),
    contextLength: new Float64Array(rows.length),
    cacheSaving: new Float64Array(rows.length),
    createdAtMs: new Float64Array(rows.length),
  }
  const experience: TaskExperience = {
    count: Float64Array.from(rows, (row) => row.ratings?.length ?? 0),
    sum: Float64Array.from(rows, (row) => (row.ratings ?? []).reduce((sum, r) => sum + r, 0)),
  }
  return {
    input: { taskType: 'code', requiredCapabilities: 0, atMs: 0 },
    table,
    rows: Uint32Array.from(rows.keys()),
    experience,
    limit: 8,
    random: () => 0,
  }
}

describe('the specification’s formula', () => {
  it('is 0.3 · priority + 0.7 · plain average of the ratings', () => {
    const { scores } = weighted().rank(requestOf([{ priority: 80, ratings: [1, 0, 1, 1] }]))
    expect(scores[0]).toBeCloseTo(0.3 * 0.8 + 0.7 * 0.75, 12)
  })

  it('is the priority alone where there are no ratings', () => {
    const { scores } = weighted().rank(requestOf([{ priority: 50 }]))
    expect(scores[0]).toBe(0.5)
  })

  it('lets an untried model of middling priority beat a badly rated one', () => {
    const { rows } = weighted().rank(
      requestOf([{ priority: 50, ratings: [0, 0, 0] }, { priority: 50 }]),
    )
    expect([...rows]).toEqual([1, 0])
  })

  it('takes other weights, and refuses impossible ones by name', () => {
    const strategy = weighted({ priorityWeight: 1, experienceWeight: 0 })
    const { scores } = strategy.rank(requestOf([{ priority: 20, ratings: [1] }]))
    expect(scores[0]).toBeCloseTo(0.2, 12)
    expect(strategy.version).not.toBe(weighted().version)
    expect(() => weighted({ priorityWeight: -1 })).toThrow('`priorityWeight`')
  })
})

describe('ties', () => {
  it.each([weighted(), priority()])('go to the lower price, then the smaller id', (strategy) => {
    const { rows } = strategy.rank(
      requestOf([
        { priority: 50, price: 3 },
        { priority: 50 },
        { priority: 50, price: 1 },
        { priority: 50, price: 3 },
        { priority: 60, price: 9 },
        { priority: 50 },
      ]),
    )
    expect([...rows]).toEqual([4, 2, 0, 3, 1, 5])
  })
})
