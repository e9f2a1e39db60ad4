import type { Store } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { USER, answers, stage } from './__fixtures__/sink-stage.ts'

type OutboxCall = 'claim' | 'settle'

/** A real store whose outbox can be away, call by call. */
function outboxAway(): { readonly store: Store; readonly away: Set<OutboxCall>; calls: number } {
  const inner = memoryStore()
  const away = new Set<OutboxCall>()
  const pass = (call: OutboxCall): void => {
    if (!away.has(call)) return
    given.calls += 1
    throw new ImrsError('store-unavailable', 'The outbox is away')
  }
  const outbox: Store['outbox'] = {
    ...inner.outbox,
    claim: async (...input) => {
      pass('claim')
      return inner.outbox.claim(...input)
    },
    settle: async (...input) => {
      pass('settle')
      return inner.outbox.settle(...input)
    },
  }
  const given = { store: { ...inner, outbox }, away, calls: 0 }
  return given
}

it('a store that is away is told once, and deliveries go on when it is back', async () => {
  const given = outboxAway()
  const { router, store, receiver, events, drive, isEmpty } = await stage({ store: given.store })
  const [messageId = ''] = await answers(store, 1)
  given.away.add('claim')
  await router.feedback({ messageId, userId: USER, rating: 1 })
  await drive(() => given.calls >= 3)
  expect(receiver.requests).toEqual([])
  expect(events).toMatchObject([
    { type: 'internal-failed', part: 'sinks', error: { code: 'store-unavailable' } },
  ])
  given.away.clear()
  await drive(isEmpty)
  expect(receiver.received).toHaveLength(1)
})

it('what was delivered while the store was away is written down later, and not delivered again', async () => {
  const given = outboxAway()
  const { router, store, receiver, drive, isEmpty } = await stage({ store: given.store })
  const ids = await answers(store, 10)
  given.away.add('settle')
  for (const messageId of ids) await router.feedback({ messageId, userId: USER, rating: 1 })
  await drive(() => given.calls >= 2)
  const { length } = receiver.received
  expect(length).toBeGreaterThan(0)
  given.away.clear()
  await drive(isEmpty)
  expect(receiver.received).toHaveLength(10)
})
