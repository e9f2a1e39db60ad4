import type { LearningSink, RouterEvent } from '@imrs/core'
import { SinkError } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { makeRouter } from '../__fixtures__/make-router.ts'
import type { MakeRouterOptions } from '../__fixtures__/make-router.ts'
import { USER, answers } from './__fixtures__/sink-stage.ts'

const LEASE_MS = 60_000

/** A router with a sink of its own, as many answers as asked for, rated one after the other. */
async function rated(
  count: number,
  deliver: LearningSink['deliver'],
  options: MakeRouterOptions = {},
) {
  const sink: LearningSink = { specVersion: 'v1', name: 'own', deliver, close: async () => {} }
  const made = await makeRouter({ ...options, sinks: [sink] })
  const events: RouterEvent[] = []
  made.router.on('sink-down', (event) => events.push(event))
  for (const messageId of await answers(made.store, count)) {
    await made.router.feedback({ messageId, userId: USER, rating: 1 })
  }
  return { ...made, events }
}

it('writes down what is delivered before a third of its lease is over', async () => {
  const store = memoryStore()
  let settled = 0
  const outbox: typeof store.outbox = {
    ...store.outbox,
    settle: async (settlement, options) => {
      await store.outbox.settle(settlement, options)
      settled += settlement.delivered.length
    },
  }
  const begun: { readonly settled: number; readonly end: () => void }[] = []
  const deliver = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    begun.push({ settled, end: resolve })
    return promise
  }
  const sinkDelivery = { leaseMs: LEASE_MS, concurrency: 1 }
  const { runtime } = await rated(6, deliver, { store: { ...store, outbox }, sinkDelivery })
  for (let number = 1; number <= 6; number += 1) {
    await expect.poll(() => begun.length).toBe(number)
    await runtime.advance(LEASE_MS / 4)
    begun.at(-1)?.end()
  }
  // Two of them take half of a lease: no third one begins before they are written down.
  const unsettled = begun.map((one, index) => index - one.settled)
  expect(Math.max(...unsettled)).toBe(1)
})

it('leaves a sink that is down to whoever comes first when the pause is over, and asks it carefully', async () => {
  const end = Promise.withResolvers<void>()
  let isDown = true
  let atOnce = 0
  const deliver = () => {
    if (isDown) return Promise.reject(new SinkError('unavailable', 'Down.'))
    atOnce += 1
    return end.promise
  }
  const sinkDelivery = { leaseMs: LEASE_MS, concurrency: 4 }
  const { runtime, store, events } = await rated(30, deliver, { sinkDelivery })
  await expect.poll(() => events).toHaveLength(1)
  const [event] = events
  const atMs = event?.type === 'sink-down' ? event.retryAtMs : Number.NaN
  const asked = { sink: 'own', holder: 'another', atMs, leaseMs: LEASE_MS, limit: 9 }
  expect(await store.outbox.claim(asked)).toMatchObject({ kind: 'claimed', failureCount: 1 })
  await store.outbox.release(asked)
  isDown = false
  await runtime.advance(atMs - runtime.now() + 1)
  await expect.poll(() => atOnce).toBeGreaterThan(0)
  await runtime.advance(0)
  expect(atOnce).toBe(1)
  end.resolve()
})
