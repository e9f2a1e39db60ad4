import { describe, expect, it } from 'vitest'

import { drawnOutcomes, outcomesOf } from './__fixtures__/outcomes.ts'
import { toOutcomeSet } from './outcome-set.ts'
import { averageGain, routeLlm } from './route-llm.ts'

const rows = Array.from({ length: 20 }, (_, index) => ({
  prompt: 'x'.repeat(index),
  strong: 1,
  weak: index < 10 ? 0 : 1,
}))

describe('what is gained by sending more requests to the strong model', () => {
  it('is three quarters when all that matters comes in the first half', () => {
    // Recovered 0, .2, .4, .6, .8, 1, … 1: half of the area of the first half is missing.
    expect(averageGain(rows, ({ weak }) => 1 - weak)).toBeCloseTo(0.75, 12)
    expect(averageGain(rows, ({ weak }) => weak)).toBeCloseTo(0.25, 12)
  })

  it('is half of everything when the order says nothing', () => {
    const mixed = rows.map((row, index) => ({ ...row, weak: index % 2 }))
    expect(averageGain(mixed, () => 0)).toBeCloseTo(0.5, 12)
  })
})

describe('RouteLLM’s protocol', () => {
  const words = ['sum', 'poem', 'rain', 'tree', 'stone', 'house']
  const outcomes = toOutcomeSet(
    'made',
    Array.from({ length: 400 }, (_, index) => {
      const word = words[index % words.length] ?? ''
      const needsStrong = word === 'sum' || word === 'rain'
      const prompt = `tell me of the ${word} please`
      return {
        id: String(index),
        task: 't',
        prompt,
        score: { big: 1, little: needsStrong ? 0 : 1 },
      }
    }),
  )

  it('finds out which words need the strong model, and says how it was tested', () => {
    const result = routeLlm({ outcomes, labels: 100, seeds: 3 })
    expect(result).toMatchObject({ strong: 'big', weak: 'little', requests: 400, labels: 100 })
    // A third of the requests matters: all is recovered after a third of the way.
    expect(result.textModel.apgr).toBeGreaterThan(0.82)
    expect(result.promptLength).toBeLessThan(0.75)
    expect(routeLlm({ outcomes, labels: 100, seeds: 3 })).toEqual(result)
  })

  it('learns from half of the rows at most', () => {
    expect(routeLlm({ outcomes, seeds: 1 }).labels).toBe(200)
  })

  it('is for two models with prompts, one of them better', () => {
    const three = drawnOutcomes({ x: { a: 1, b: 0, c: 0 } }, 10)
    expect(() => routeLlm({ outcomes: three })).toThrow('two models')
    const even = outcomesOf([['x', { a: 1, b: 1 }]])
    expect(() => routeLlm({ outcomes: even })).toThrow('stronger')
    const mute = outcomesOf([['x', { a: 1, b: 0 }]])
    expect(() => routeLlm({ outcomes: mute })).toThrow('prompts')
  })
})
