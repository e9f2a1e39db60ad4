import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { textFeatures } from './text-features.ts'
import type { TextModelOptions, TextSample } from './text-model-options.ts'
import { trainTextModel } from './text-model.ts'

const topics: Readonly<Record<string, readonly string[]>> = {
  code: [
    'write a python function that sorts',
    'fix the bug in this loop',
    'why does this class fail',
  ],
  cooking: ['how long do I boil an egg', 'a recipe with rice and peas', 'what goes into this soup'],
  travel: ['which train goes to the coast', 'book a hotel by the sea', 'what to see in this town'],
}

const samples: readonly TextSample[] = Object.entries(topics).flatMap(([label, texts]) =>
  texts.map((text) => ({ label, text })),
)

describe('a text model', () => {
  const model = trainTextModel(samples)

  it('tells what it was shown, and texts that share words with it', () => {
    expect(model.labels).toEqual(['code', 'cooking', 'travel'])
    for (const { text, label } of samples) expect(model.predict(text).label).toBe(label)
    expect(model.predict('a python loop that fails').label).toBe('code')
    expect(model.predict('rice soup with an egg').label).toBe('cooking')
    expect(model.predict('the train to that hotel by the sea').label).toBe('travel')
  })

  it('is sure of what it knows, and not of what it does not', () => {
    expect(model.predict('fix the bug in this loop').probability).toBeGreaterThan(0.6)
    expect(model.predict('zyx wvu').probability).toBeLessThan(0.6)
  })

  it('is the same for the same samples and seed', () => {
    const text = 'a town with a class of python'
    expect(trainTextModel(samples).predict(text)).toEqual(model.predict(text))
    const other = trainTextModel(samples, { seed: 2 }).predict(text)
    expect(other.probabilities).not.toEqual(model.predict(text).probabilities)
  })

  it('takes shares of labels', () => {
    const shared = [
      { text: 'up', label: { yes: 0.8, no: 0.2 } },
      { text: 'down', label: { yes: 0.1, no: 0.9 } },
    ]
    const mixed = trainTextModel(shared, { epochs: 400 })
    expect(mixed.labels).toEqual(['no', 'yes'])
    expect(mixed.predict('up').probabilities[1]).toBeCloseTo(0.8, 1)
    expect(mixed.predict('down').probabilities[1]).toBeCloseTo(0.1, 1)
  })

  it('of one label has one answer', () => {
    const one = trainTextModel([{ text: 'a', label: 'only' }])
    expect(one.predict('b')).toEqual({ label: 'only', probability: 1, probabilities: [1] })
  })

  it('gives probabilities for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const { label, probability, probabilities } = model.predict(text)
        expect(model.labels).toContain(label)
        expect(probability).toBe(Math.max(...probabilities))
        expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('reads a text of a million characters', () => {
    const { probability } = model.predict('an egg and a train '.repeat(50_000))
    expect(probability).toBeGreaterThan(0)
  })

  it.each<[string, TextModelOptions]>([
    ['`epochs`', { epochs: 0 }],
    ['`learningRate`', { learningRate: 0 }],
    ['`decay`', { decay: 2 }],
    ['`words`', { words: 1.5 }],
    ['`bits`', { bits: 40 }],
    ['`shapeWeight`', { shapeWeight: Number.NaN }],
    ['`seed`', { seed: -1 }],
  ])('refuses %s out of its range', (name, options) => {
    expect(() => trainTextModel(samples, options)).toThrow(name)
  })

  it('refuses samples that nothing can be learned from', () => {
    expect(() => trainTextModel([])).toThrow('`samples`')
    expect(() => trainTextModel([{ text: 'a', label: { yes: 0.4 } }])).toThrow('`samples.0.label`')
  })
})

describe('the features of a text', () => {
  const options = { words: 2, bits: 18 }

  it('are words and pairs of words, whatever the case', () => {
    const { keys, weights } = textFeatures('Red red apple', options)
    // red, apple, red red, red apple.
    expect(keys).toHaveLength(4)
    expect(weights.filter((weight) => weight === Math.log1p(2))).toHaveLength(1)
    expect(textFeatures('red RED Apple', options).keys).toEqual(keys)
  })

  it('stay within their bits', () => {
    const { keys } = textFeatures('some words of a text', { words: 3, bits: 8 })
    expect(Math.max(...keys)).toBeLessThan(256)
  })
})
