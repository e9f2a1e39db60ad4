import fc from 'fast-check'
import { expect, it } from 'vitest'

import { goingOn, requestOf } from './__fixtures__/rank-requests.ts'
import { adaptive } from './adaptive/adaptive.ts'
import { priority } from './priority.ts'
import { sticky } from './sticky.ts'

const models = [{ priority: 0.9 }, { priority: 0.5 }, { priority: 0.7 }, { priority: 0.1 }]

it('stays with the conversation’s model, and says that this was no choice', () => {
  const { rows, scores, propensity, isForced } = sticky(priority()).rank(
    goingOn(requestOf(models), 1),
  )
  expect([...rows]).toEqual([1, 0, 2, 3])
  expect([...scores]).toEqual([0.5, 0.9, 0.7, 0.1])
  expect({ propensity, isForced }).toEqual({ propensity: 1, isForced: true })
})

it('finds a model beyond the limit, with its own score', () => {
  const { rows, scores } = sticky(priority()).rank(goingOn({ ...requestOf(models), limit: 2 }, 3))
  expect([...rows]).toEqual([3, 0])
  expect([...scores]).toEqual([0.1, 0.9])
})

it('decides as the other does without a conversation, and when its model is no candidate', () => {
  const request = requestOf(models)
  const others = { ...goingOn(request, 1), rows: Uint32Array.of(0, 2, 3) }
  for (const each of [request, others]) {
    expect(sticky(priority()).rank(each)).toEqual(priority().rank(each))
  }
})

it('keeps every row once, whatever it is around, and hands ratings on', () => {
  fc.assert(
    fc.property(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 4 }), (row, limit) => {
      const { rows } = sticky(adaptive()).rank(goingOn({ ...requestOf(models), limit }, row))
      expect(rows[0]).toBe(row)
      expect(new Set(rows).size).toBe(limit)
    }),
  )
  expect('learn' in sticky(adaptive())).toBe(true)
  expect('learn' in sticky(priority())).toBe(false)
})
