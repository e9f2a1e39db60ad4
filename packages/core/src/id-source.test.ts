import { expect, it } from 'vitest'

import { createIdSource } from './id-source.ts'
import { seededRandom } from './random.ts'

function makeSource(clock: { nowMs: number }, seed = 1) {
  const random = seededRandom(seed)
  const draws: number[] = []
  const newId = createIdSource({
    now: () => clock.nowMs,
    fillRandom: (bytes) => {
      draws.push(bytes.length)
      bytes.set(Array.from(bytes, () => Math.floor(random() * 256)))
    },
  })
  return { newId, draws }
}

it('makes valid UUIDv7s that begin with their time', () => {
  const { newId } = makeSource({ nowMs: Date.UTC(2026, 0, 2, 3, 4, 5, 6) })
  const id = newId()
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(
    Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  )
})

it('keeps the order in which they were made, also when the clock stands still or goes back', () => {
  const clock = { nowMs: 1_000_000 }
  const { newId } = makeSource(clock)
  const ids: string[] = []
  for (const step of [0, 0, 1, -500, 0, 2000, 1]) {
    clock.nowMs += step
    for (let count = 0; count < 300; count += 1) ids.push(newId())
  }
  expect(ids).toEqual(ids.toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})

it('draws chance for many at a time, and gives none of it out twice', () => {
  const clock = { nowMs: 1 }
  const { newId, draws } = makeSource(clock)
  const tails = Array.from({ length: 512 }, () => newId().slice(-12))
  expect(draws).toEqual([4096, 4096])
  expect(new Set(tails).size).toBe(512)
})

it('makes others of other chance', () => {
  const clock = { nowMs: 1 }
  expect(makeSource(clock, 1).newId()).not.toBe(makeSource(clock, 2).newId())
})
