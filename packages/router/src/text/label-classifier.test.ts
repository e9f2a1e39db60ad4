import { seededRandom } from '@imrs/core'
import { expect, it } from 'vitest'

import { LabelClassifier } from './label-classifier.ts'

const WORDS: Readonly<Record<string, readonly string[]>> = {
  dates: ['contract', 'clause', 'signed', 'party', 'deadline', 'notice'],
  poems: ['river', 'moon', 'silver', 'longing', 'autumn', 'verse'],
  sums: ['apples', 'baskets', 'twice', 'remain', 'total', 'each'],
}
const LABELS = Object.keys(WORDS)

/** Texts of three labels, some words of each label's own among words of all. */
function drawn(count: number, seed: number): readonly { text: string; label: string }[] {
  const random = seededRandom(seed)
  const pick = (words: readonly string[]): string =>
    words[Math.floor(random() * words.length)] ?? ''
  return Array.from({ length: count }, () => {
    const label = pick(LABELS)
    const own = Array.from({ length: 4 }, () => pick(WORDS[label] ?? []))
    return { label, text: `please look at ${own.join(' and ')}` }
  })
}

function trained(texts: readonly { text: string; label: string }[]): LabelClassifier {
  const classifier = new LabelClassifier()
  for (const { text, label } of texts) classifier.learn(text, label)
  return classifier
}

it('guesses the labels of other texts once it has seen some', () => {
  const classifier = trained(drawn(200, 1))
  const others = drawn(100, 2)
  const right = others.filter(({ text, label }) => classifier.labelOf(text)?.label === label)
  expect(right.length).toBeGreaterThan(95)
})

it('knows how often it is right', () => {
  const sure = trained(drawn(400, 1))
  const confidences = drawn(100, 2).map(({ text }) => sure.labelOf(text)?.confidence ?? 0)
  expect(confidences.reduce((sum, one) => sum + one, 0) / 100).toBeGreaterThan(0.9)
  // Labels that have nothing to do with the texts.
  const random = seededRandom(3)
  const unsure = trained(
    drawn(400, 1).map(({ text }) => ({ text, label: LABELS[Math.floor(random() * 3)] ?? '' })),
  )
  const guesses = drawn(50, 2).filter(({ text }) => unsure.labelOf(text) !== undefined)
  expect(guesses.length).toBeLessThan(10)
})

it('says nothing before it knows two labels, and of a text without a known word', () => {
  expect(new LabelClassifier().labelOf('contract')).toBeUndefined()
  const one = trained(drawn(50, 1).map(({ text }) => ({ text, label: 'only' })))
  expect(one.labelOf('contract clause')).toBeUndefined()
  expect(trained(drawn(200, 1)).labelOf('zzz qqq')).toBeUndefined()
})

it('holds no more than 64 labels', () => {
  const texts = Array.from({ length: 100 }, (_, index) => ({
    text: `word${index} more${index} such${index}`,
    label: `label ${index}`,
  }))
  const classifier = trained([...texts, ...texts, ...texts, ...texts])
  expect(classifier.labelOf(texts[63]?.text ?? '')?.label).toBe('label 63')
  expect(classifier.labelOf(texts[64]?.text ?? '')?.label).not.toBe('label 64')
})
