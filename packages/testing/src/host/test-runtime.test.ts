import { isUuid, timeOfUuid } from '@imrs/core'
import { expect, it } from 'vitest'

import { createTestRuntime } from './test-runtime.ts'

it('keeps the time until it is advanced', async () => {
  const runtime = createTestRuntime({ start: 1_000 })
  expect([runtime.now(), runtime.monotonic()]).toEqual([1_000, 0])
  await runtime.advance(250)
  expect([runtime.now(), runtime.monotonic()]).toEqual([1_250, 250])
})

it('wakes sleepers in the order they are due, each at its time', async () => {
  const runtime = createTestRuntime({ start: 0 })
  const woken: string[] = []
  const sleeper = async (name: string, delayMs: number): Promise<void> => {
    await runtime.sleep(delayMs)
    woken.push(`${name}@${runtime.now()}`)
  }
  const all = [sleeper('late', 30), sleeper('early', 10), sleeper('as early', 10)]
  await runtime.advance(20)
  expect(woken).toEqual(['early@10', 'as early@10'])
  expect(runtime.sleeping()).toBe(1)
  await runtime.advance(10)
  expect(woken.at(-1)).toBe('late@30')
  await Promise.all(all)
})

it('wakes sleeps that woken code starts, when they are due in time', async () => {
  const runtime = createTestRuntime({ start: 0 })
  const ticks: number[] = []
  const ticker = (async () => {
    while (ticks.length < 3) {
      await runtime.sleep(10)
      ticks.push(runtime.now())
    }
  })()
  await runtime.advance(100)
  await ticker
  expect(ticks).toEqual([10, 20, 30])
})

it('rejects a sleep with the reason of its signal, before and during it', async () => {
  const runtime = createTestRuntime()
  const abort = new AbortController()
  const sleep = runtime.sleep(10, abort.signal)
  abort.abort('enough')
  await expect(sleep).rejects.toBe('enough')
  await expect(runtime.sleep(10, abort.signal)).rejects.toBe('enough')
  expect(runtime.sleeping()).toBe(0)
})

it('makes valid UUIDv7s that sort in the order they were made', async () => {
  const runtime = createTestRuntime({ seed: 7 })
  const ids = Array.from({ length: 100 }, () => runtime.newId())
  await runtime.advance(1)
  ids.push(runtime.newId())
  expect(ids.every((id) => isUuid(id) && id[14] === '7' && '89ab'.includes(id[19] ?? ''))).toBe(
    true,
  )
  expect(ids.map(timeOfUuid)).toEqual([
    ...Array.from({ length: 100 }, () => runtime.now() - 1),
    runtime.now(),
  ])
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

it('is the same for the same seed, and its ids do not disturb its random numbers', () => {
  const [one, two] = [createTestRuntime({ seed: 3 }), createTestRuntime({ seed: 3 })]
  expect(one.newId()).toBe(two.newId())
  one.newId()
  expect([one.random(), one.random()]).toEqual([two.random(), two.random()])
  expect(createTestRuntime({ seed: 4 }).random()).not.toBe(createTestRuntime({ seed: 3 }).random())
})

it('reads only the variables it was given, and an empty one is absent', () => {
  const { environment } = createTestRuntime({ environment: { KEY: 'value', EMPTY: '' } })
  expect([environment('KEY'), environment('EMPTY'), environment('PATH')]).toEqual([
    'value',
    undefined,
    undefined,
  ])
})

it('refuses to fetch unless it was given a fetch', async () => {
  await expect(createTestRuntime().fetch('http://127.0.0.1/x')).rejects.toThrow(
    'http://127.0.0.1/x',
  )
})
