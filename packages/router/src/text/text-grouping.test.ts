import { seededRandom } from '@imrs/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { parseTextGroup, toTextGroup } from './text-group.ts'
import { TextGrouping } from './text-grouping.ts'

const TEMPLATES = [
  (noun: string) => `Extract every date from the contract about the ${noun} and list them`,
  (noun: string) => `Write a cheerful birthday poem for somebody who loves the ${noun}`,
  (noun: string) => `Which of the following statements on the ${noun} is correct? Explain`,
]
const NOUNS = ['river', 'tower', 'violin', 'engine', 'garden', 'planet', 'market', 'bridge']

/** Texts of the templates in random order, each with the number of its template. */
function drawn(count: number, seed: number): readonly { text: string; kind: number }[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => {
    const kind = Math.floor(random() * TEMPLATES.length)
    const noun = NOUNS[Math.floor(random() * NOUNS.length)] ?? ''
    return { text: TEMPLATES[kind]?.(noun) ?? '', kind }
  })
}

function namesByKind(grouping: TextGrouping, seed: number, known = grouping.groups): string[][] {
  const names = TEMPLATES.map(() => new Set<string>())
  for (const { text, kind } of drawn(60, seed)) {
    names[kind]?.add(grouping.groupOf(text, known)?.name ?? 'none')
  }
  return names.map((all) => [...all])
}

it('parts kinds of text after some of them, and never puts two kinds in one group', () => {
  const grouping = new TextGrouping({ texts: 60, groups: 8 })
  for (const { text } of drawn(60, 1)) expect(grouping.groupOf(text)).toBeUndefined()
  const names = namesByKind(grouping, 2)
  expect(names.flat()).not.toContain('none')
  expect(new Set(names.flat()).size).toBe(names.flat().length)
  // A text without a word in common with any.
  expect(grouping.groupOf('zzz qqq')).toBeUndefined()
  expect(grouping.groupOf('')).toBeUndefined()
})

it('takes on the groups that were found before, by their names alone, and not when there are few', () => {
  const first = new TextGrouping({ texts: 60, groups: 8 })
  for (const { text } of drawn(60, 1)) first.groupOf(text)
  const found = first.groups.flatMap(({ name }) => parseTextGroup(name) ?? [])
  expect(found).toEqual(first.groups)
  const fillers = Array.from({ length: 8 }, (_, place) => toTextGroup([4000 + place]))
  const second = new TextGrouping({ texts: 60, groups: 8 })
  const names = namesByKind(second, 3, [...found, ...fillers])
  expect(names.flat().every((name) => found.some((group) => group.name === name))).toBe(true)
  expect(new TextGrouping().groupOf(drawn(1, 1)[0]?.text ?? '', found.slice(0, 2))).toBeUndefined()
})

it('is the same for the same texts', () => {
  const [one, other] = [0, 1].map(() => new TextGrouping({ texts: 30 }))
  for (const { text } of drawn(60, 5)) {
    expect(one?.groupOf(text)?.name).toBe(other?.groupOf(text)?.name)
  }
})

it('has names that fit a task type and hold all there is to know', () => {
  const features = fc.uniqueArray(fc.integer({ min: 0, max: 4095 }), {
    minLength: 1,
    maxLength: 40,
  })
  fc.assert(
    fc.property(features, (keys) => {
      const group = toTextGroup(keys)
      expect(`general/${group.name}`.length).toBeLessThanOrEqual(50)
      expect(parseTextGroup(group.name)).toEqual(group)
      expect([...group.weights.keys()]).toEqual(keys.slice(0, 18))
    }),
  )
  for (const name of ['latin-short', '~', '~a', '~ab!', `~${'ab'.repeat(19)}`, '']) {
    expect(parseTextGroup(name)).toBeUndefined()
  }
})
