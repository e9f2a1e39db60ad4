import { describe, expect, it } from 'vitest'

import { readOutcomes } from './read-outcomes.ts'

const good = { id: 'a', task: 'code', score: { one: 1, two: 0.5 } }

function lines(...values: readonly unknown[]): readonly string[] {
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
}

describe('outcomes are read line by line', () => {
  it('into columns, with models and tasks in the order of their names', async () => {
    const second = {
      id: 7,
      task: 'art',
      prompt: 'draw',
      score: { two: 0 },
      cost: { two: 0.25 },
      latency_ms: { two: 40 },
    }
    const { outcomes, problemCount } = await readOutcomes(lines(good, '', second), { name: 'x' })
    expect(problemCount).toBe(0)
    expect(outcomes).toMatchObject({ name: 'x', size: 2, models: ['one', 'two'] })
    expect(outcomes.tasks).toEqual(['art', 'code'])
    expect(outcomes.ids).toEqual(['a', '7'])
    expect([...outcomes.taskOf]).toEqual([1, 0])
    expect([...outcomes.scores]).toEqual([1, 0.5, Number.NaN, 0])
    expect([...(outcomes.costs ?? [])]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0.25])
    expect(outcomes.latenciesMs?.[3]).toBe(40)
    expect(outcomes.prompts).toEqual([undefined, 'draw'])
  })

  it('and have no costs where no line has one', async () => {
    const { outcomes } = await readOutcomes(lines(good), { name: 'x' })
    expect(outcomes.costs).toBeUndefined()
    expect(outcomes.latenciesMs).toBeUndefined()
  })

  it('name the lines that make no sense, and count them', async () => {
    const read = await readOutcomes(
      lines(
        good,
        '{ not json',
        { ...good, score: { one: 1.5 } },
        { ...good, score: {} },
        { ...good, task: '' },
        { id: 'b', score: { one: 1 } },
        42,
        { ...good, score: { one: null, two: 1 } },
        { ...good, cost: { one: -1 } },
      ),
      { name: 'x' },
    )
    expect(read.outcomes.size).toBe(2)
    expect(read.problemCount).toBe(7)
    expect(read.problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 9])
    expect(read.problems[0]?.problem).toBe('is not JSON')
    expect(read.problems[1]?.problem).toContain('`score.one`')
    expect(read.problems[2]?.problem).toContain('no model has a score')
    expect(read.problems[4]?.problem).toContain('`task`')
  })

  it('keep the first hundred problems only, and count all', async () => {
    const read = await readOutcomes(
      Array.from({ length: 150 }, () => 'x'),
      { name: 'x' },
    )
    expect(read.problems).toHaveLength(100)
    expect(read.problemCount).toBe(150)
  })

  it('of one split or bench, whatever the others look like', async () => {
    const others = { ...good, split: 'train', score: { one: 12 } }
    const wanted = { ...good, split: 'eval', bench: 'mmlu' }
    const read = await readOutcomes(lines(others, wanted, { ...wanted, bench: 'mt' }, good), {
      name: 'x',
      split: 'eval',
      bench: 'mmlu',
    })
    expect(read).toMatchObject({ problemCount: 0, otherCount: 3, outcomes: { size: 1 } })
  })
})
