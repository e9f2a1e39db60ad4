import type { Provider, RouterEvent } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import type { MemoryStore, TestRuntime } from '@imrs/testing/host'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { aProvider } from '../__fixtures__/sample-model.ts'
import { switchableStore } from '../__fixtures__/switchable-store.ts'
import { LEASE_MS } from './provider-places.ts'
import { SharedPace } from './shared-pace.ts'

const provider = (rateLimitRpm: number | undefined, rateLimitBurst?: number): Provider =>
  aProvider({ rateLimitRpm, settings: rateLimitBurst === undefined ? {} : { rateLimitBurst } })

/** A store that counts how often a pace is asked for, and any number of processes on it. */
function processes(count: number) {
  const runtime: TestRuntime = createTestRuntime()
  const switchable = switchableStore(memoryStore())
  const events: RouterEvent[] = []
  let asked = 0
  const { coordination } = switchable.store
  const store: Pick<MemoryStore, 'coordination'> = {
    coordination: {
      ...coordination,
      takePace: async (request, options) => {
        asked += 1
        return coordination.takePace(request, options)
      },
    },
  }
  const emit = (event: RouterEvent): void => void events.push(event)
  const paces = Array.from({ length: count }, () => new SharedPace({ store, runtime, emit }))
  return { runtime, paces, switchable, events, asked: () => asked }
}

it('lets a burst through for all processes together, and says how long there is none', async () => {
  const { paces, runtime } = processes(3)
  const slow = provider(60, 3)
  const waits: number[] = []
  for (let turn = 0; turn < 4; turn += 1) waits.push((await paces[turn % 3]?.take(slow)) ?? NaN)
  expect(waits).toEqual([0, 0, 0, 1009])
  await runtime.advance(1008)
  expect(await paces[1]?.take(slow)).toBe(1)
  await runtime.advance(1)
  expect(await paces[2]?.take(slow)).toBe(0)
  expect(await paces[1]?.take(slow)).toBeGreaterThan(0)
})

it('asks the store for nothing where there is no limit', async () => {
  const { paces, asked } = processes(1)
  for (let turn = 0; turn < 100; turn += 1)
    expect(await paces[0]?.take(provider(undefined))).toBe(0)
  expect(asked()).toBe(0)
})

it('takes places for all that wait at once, and ahead for as many as came before', async () => {
  const { paces, runtime, asked } = processes(1)
  const fast = provider(60_000, 1_000)
  const take = (): Promise<number> => paces[0]?.take(fast) ?? Promise.resolve(NaN)
  expect(await Promise.all(Array.from({ length: 50 }, take))).toEqual(Array(50).fill(0))
  expect(asked()).toBe(1)
  for (let turn = 0; turn < 50; turn += 1) expect(await take()).toBe(0)
  expect(asked()).toBe(2)
  // What was taken ahead and not used in time is not used.
  await take()
  await runtime.advance(LEASE_MS)
  await take()
  expect(asked()).toBe(4)
})

it('does not ask again while it knows that there is none', async () => {
  const { paces, asked } = processes(1)
  const slow = provider(1, 1)
  expect(await paces[0]?.take(slow)).toBe(0)
  for (let turn = 0; turn < 20; turn += 1) expect(await paces[0]?.take(slow)).toBe(60_500)
  expect(asked()).toBe(2)
})

it('keeps to the limit by itself while the store is down, and tells', async () => {
  const { paces, switchable, events, runtime } = processes(2)
  const slow = provider(60, 2)
  expect(await paces[0]?.take(slow)).toBe(0)
  switchable.state = 'down'
  expect([await paces[0]?.take(slow), await paces[0]?.take(slow)]).toEqual([0, 1000])
  expect(events[0]).toMatchObject({ type: 'internal-failed', part: 'pace' })
  switchable.state = 'up'
  await runtime.advance(1009)
  expect(await paces[1]?.take(slow)).toBe(0)
})

it('gives up with its caller, and keeps the place for the next one', async () => {
  const { paces, asked } = processes(1)
  const controller = new AbortController()
  const reason = new Error('left')
  const taking = paces[0]?.take(provider(1, 1), { signal: controller.signal })
  controller.abort(reason)
  await expect(taking).rejects.toBe(reason)
  expect(await paces[0]?.take(provider(1, 1))).toBe(0)
  expect(asked()).toBe(1)
})

it('never lets more than the burst and the rate through in any minute, over eight processes', async () => {
  const request = fc.record({ gapMs: fc.nat(2_000), process: fc.nat(7), together: fc.nat(4) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(request, { maxLength: 120 }),
      fc.constantFrom(5, 60, 240, 6_000),
      fc.integer({ min: 1, max: 20 }),
      async (requests, rpm, burst) => {
        const { paces, runtime } = processes(8)
        const passed: number[] = []
        for (const { gapMs, process, together } of requests) {
          await runtime.advance(gapMs)
          const asking = Array.from({ length: 1 + together }, async () =>
            paces[process]?.take(provider(rpm, burst)),
          )
          for (const wait of await Promise.all(asking)) {
            if (wait === 0) passed.push(runtime.monotonic())
          }
        }
        for (const [index, from] of passed.entries()) {
          const within = passed.slice(index).filter((at) => at < from + 60_000).length
          expect(within).toBeLessThanOrEqual(burst + rpm)
        }
      },
    ),
    { numRuns: 60 },
  )
})
