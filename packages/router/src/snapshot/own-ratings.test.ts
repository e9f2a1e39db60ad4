import { NO_EXPERIENCE } from '@imrs/core'
import { expect, it } from 'vitest'

import { OwnRatings } from './own-ratings.ts'
import type { OwnRating } from './own-ratings.ts'

const message = {
  tenantId: 't',
  agentId: 'a',
  model: 'p/m',
  creditedTaskType: 'code',
  createdAtMs: 0,
}

function rating(version: number): OwnRating {
  const change = { ...NO_EXPERIENCE, count: 1, sum: 700, sumOfSquares: 490_000 }
  return { message, moved: { epoch: 0, change, version } }
}

function read(before: number, after = before): OwnRatings {
  const ratings = new OwnRatings()
  ratings.beginReading()
  ratings.endReading({ before, after })
  return ratings
}

const versionsOf = (ratings: readonly OwnRating[]): readonly number[] =>
  ratings.map(({ moved }) => moved.version)

it('gives each rating once, and knows without reading that nobody else rated', () => {
  const ratings = read(4)
  for (const version of [5, 6]) ratings.add(rating(version))
  expect(versionsOf(ratings.takeAll())).toEqual([5, 6])
  expect(ratings.takeAll()).toEqual([])
  expect([ratings.version, ratings.isBehind(6), ratings.isBehind(7)]).toEqual([6, false, true])
})

it('takes ratings in any order, and waits for the ones in between before it knows', () => {
  const ratings = read(0)
  ratings.add(rating(3))
  ratings.add(rating(2))
  expect([ratings.version, ratings.isBehind(3)]).toEqual([0, true])
  ratings.add(rating(1))
  expect(versionsOf(ratings.takeAll())).toEqual([3, 2, 1])
  expect([ratings.version, ratings.isBehind(3)]).toEqual([3, false])
})

it('adds no rating that what was read holds already', () => {
  const ratings = read(4)
  ratings.add(rating(4))
  ratings.add(rating(5))
  ratings.add(rating(5))
  expect(versionsOf(ratings.takeAll())).toEqual([5])
})

it('adds what came while it was read, and reads again when that is not sure to be right', () => {
  const ratings = read(4)
  ratings.add(rating(5))
  ratings.beginReading()
  ratings.add(rating(6))
  expect(versionsOf(ratings.takeAll())).toEqual([5, 6])
  ratings.endReading({ before: 5, after: 6 })
  expect(versionsOf(ratings.takeAll())).toEqual([6])
  expect([ratings.version, ratings.isBehind(6)]).toEqual([6, true])

  ratings.beginReading()
  ratings.endReading({ before: 6, after: 6 })
  expect(ratings.takeAll()).toEqual([])
  expect(ratings.isBehind(6)).toBe(false)
})

it('goes on with what there was when it could not be read', () => {
  const ratings = read(4)
  ratings.beginReading()
  ratings.add(rating(5))
  ratings.failReading()
  expect(versionsOf(ratings.takeAll())).toEqual([5])
  expect(ratings.version).toBe(5)
})
