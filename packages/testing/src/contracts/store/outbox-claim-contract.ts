import { expect, it } from 'vitest'

import {
  SINK,
  LATER,
  asked,
  send,
  rate,
  claim,
  idsOf,
  nothing,
  first,
  keyOf,
} from './outbox-samples.ts'
import { AT, feedback, message } from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** Who gets what is kept, in which order, and what becomes of what is refused. */
export function outboxClaimContract(setup: StoreContractSetup): void {
  it('hands out no entry before the earlier ones of its answer are gone', async () => {
    const store = await openStore(setup)
    const [one, two] = [message(), message()]
    await send(store, one, two)
    const events = await rate(
      store,
      feedback(one),
      feedback(one, { ratingMilli: 0 }),
      feedback(two),
      feedback(one, { ratingMilli: 500 }),
    )
    const ids = events.map(({ id }) => id)
    const entries = await claim(store)
    expect(idsOf(entries)).toEqual([ids[0], ids[2]])
    // Tried in vain, and not due again yet: the others of the answer wait for it.
    await store.outbox.settle({
      ...nothing,
      delivered: [keyOf(entries[1] ?? first(entries))],
      failed: [{ ...keyOf(first(entries)), reason: 'unreachable', retryAtMs: LATER + 1_000 }],
    })
    expect(await store.outbox.claim(asked)).toEqual({ kind: 'idle', nextAtMs: LATER + 1_000 })
    const again = await claim(store, { atMs: LATER + 1_000 })
    expect(again).toMatchObject([{ record: { event: { id: ids[0] } }, attemptCount: 1 }])
    await store.outbox.settle({ ...nothing, delivered: again.map(keyOf) })
    expect(idsOf(await claim(store))).toEqual([ids[1]])
  })

  it('tells answers of different tenants and entries of different sinks apart', async () => {
    const store = await openStore(setup)
    const sent = message()
    const theirs = { ...sent, tenantId: 'tenant-2' }
    await send(store, sent, theirs)
    await store.feedback.record(feedback(sent), { sinks: [SINK] })
    const event = feedback(theirs)
    await store.feedback.record(event, { sinks: [SINK, 'webhook'] })
    const entries = await claim(store)
    expect(entries.map(({ tenantId }) => tenantId)).toEqual(['tenant-1', 'tenant-2'])
    // Right numbers of another tenant and of another sink name nothing.
    const [mine, other] = [first(entries), entries[1] ?? first(entries)]
    await store.outbox.settle({
      ...nothing,
      delivered: [{ tenantId: 'tenant-2', seq: mine.seq }],
    })
    await store.outbox.settle({ ...nothing, sink: 'webhook', delivered: [keyOf(other)] })
    expect(await store.outbox.status([])).toMatchObject([
      { sink: SINK, pending: 2 },
      { sink: 'webhook', pending: 1 },
    ])
  })

  it('gives what was due first, first, and no more than was asked for', async () => {
    const store = await openStore(setup)
    const sent = [message(), message(), message()]
    await send(store, ...sent)
    const times = [AT + 30, AT + 10, AT + 20]
    const events = sent.map((each, place) => feedback(each, { atMs: times[place] ?? AT }))
    await rate(store, ...events)
    const inOrder = [events[1], events[2], events[0]].map((event) => event?.id)
    expect(idsOf(await claim(store, { limit: 2 }))).toEqual(inOrder.slice(0, 2))
    expect(idsOf(await claim(store))).toEqual(inOrder)
    expect(await errorOf(store.outbox.claim({ ...asked, limit: 0 }))).toMatchObject({
      code: 'invalid-request',
      field: 'limit',
    })
  })

  it('gives a sink to one holder at a time, and to the next when it is given up or its time is over', async () => {
    const store = await openStore(setup)
    const sent = message()
    await send(store, sent)
    await rate(store, feedback(sent))
    await claim(store)
    const other = { ...asked, holder: 'worker-2' }
    const untilMs = LATER + 60_000
    expect(await store.outbox.claim(other)).toEqual({ kind: 'held', untilMs })
    // The first one keeps it for as long as it asks again in time.
    await claim(store, { atMs: LATER + 59_999 })
    expect(await store.outbox.claim({ ...other, atMs: untilMs })).toMatchObject({ kind: 'held' })
    await store.outbox.release({ sink: SINK, holder: 'worker-2' })
    expect(await store.outbox.claim({ ...other, atMs: untilMs })).toMatchObject({ kind: 'held' })
    await claim(store, { holder: 'worker-2', atMs: LATER + 119_999 })
    expect(await store.outbox.claim({ ...asked, atMs: LATER + 120_000 })).toMatchObject({
      kind: 'held',
    })
    await store.outbox.release({ sink: SINK, holder: 'worker-2' })
    await claim(store, { atMs: LATER + 120_000 })
    // Another sink is another matter.
    await store.feedback.record(feedback(sent), { sinks: ['webhook'] })
    await claim(store, { sink: 'webhook', holder: 'worker-2', atMs: LATER + 120_000 })
  })

  it('takes the sink from a holder that finds nothing to do', async () => {
    const store = await openStore(setup)
    const sent = message()
    await send(store, sent)
    await rate(store, feedback(sent))
    const entries = await claim(store)
    await store.outbox.settle({ ...nothing, delivered: entries.map(keyOf) })
    expect(await store.outbox.claim(asked)).toEqual({ kind: 'idle' })
    await rate(store, feedback(sent))
    expect(await claim(store, { holder: 'worker-2' })).toHaveLength(1)
  })

  it.skipIf(setup.without?.['shared-data'] !== undefined)(
    'gives a sink to one of many that ask at once',
    async () => {
      const { store, openAgain } = await openFor(setup)
      const other = await openAgain?.()
      const sent = message()
      await send(store, sent)
      await rate(store, feedback(sent))
      const claims = await Promise.all(
        Array.from({ length: 12 }, (_, place) =>
          (place % 2 === 0 ? store : (other ?? store)).outbox.claim({
            ...asked,
            holder: `worker-${place}`,
          }),
        ),
      )
      await other?.close()
      expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1)
      expect(claims.filter(({ kind }) => kind === 'held')).toHaveLength(11)
    },
  )

  it('sets aside what was refused; it keeps back its own answer and no other, until it is retried or discarded', async () => {
    const store = await openStore(setup)
    const [one, two] = [message(), message({ tenantId: 'tenant-2' })]
    await send(store, one, two)
    const events = await rate(store, feedback(one), feedback(one), feedback(two), feedback(two))
    const ids = events.map(({ id }) => id)
    const entries = await claim(store)
    const refused = entries.map((entry) => ({
      ...keyOf(entry),
      reason: 'answered 422',
      atMs: LATER,
    }))
    await store.outbox.settle({ ...nothing, refused: refused.slice(0, 1) })
    expect(idsOf(await claim(store))).toEqual([ids[2]])
    await store.outbox.settle({ ...nothing, refused: refused.slice(1) })
    expect(await store.outbox.claim(asked)).toEqual({ kind: 'idle' })
    expect(await store.outbox.status([])).toEqual([
      { sink: SINK, pending: 2, oldestAtMs: AT + 60_000, setAside: 2, failureCount: 0 },
    ])
    const aside = await store.outbox.listSetAside({ sink: SINK })
    expect(aside).toMatchObject([
      {
        record: { event: events[0] },
        reason: 'answered 422',
        setAsideAtMs: LATER,
        attemptCount: 1,
      },
      { record: { event: events[2] } },
    ])
    const [kept, theirs] = [first(aside), aside[1] ?? first(aside)]
    const listed = { sink: SINK, limit: 1, afterSeq: kept.seq }
    expect(await store.outbox.listSetAside(listed)).toEqual([theirs])
    expect(await store.outbox.listSetAside({ sink: SINK, tenantId: 'tenant-2' })).toEqual([theirs])

    const retried = { sink: SINK, tenantId: 'tenant-1', atMs: LATER }
    expect(await store.outbox.retrySetAside(retried)).toBe(1)
    expect(await store.outbox.retrySetAside(retried)).toBe(0)
    expect(await claim(store)).toMatchObject([
      { record: { event: { id: ids[0] } }, attemptCount: 0 },
    ])
    const nobody = { sink: SINK, seqs: [] }
    expect(await store.outbox.discardSetAside(nobody)).toBe(0)
    expect(await store.outbox.discardSetAside({ sink: SINK, seqs: [theirs.seq] })).toBe(1)
    expect(idsOf(await claim(store))).toEqual([ids[3], ids[0]])
  })

  it('leaves a sink alone while it is paused, says why, and goes on when it is resumed', async () => {
    const store = await openStore(setup)
    const sent = message()
    await send(store, sent)
    await rate(store, feedback(sent))
    const [entry] = await claim(store)
    const untilMs = LATER + 300_000
    await store.outbox.settle({
      ...nothing,
      failed: entry === undefined ? [] : [{ ...keyOf(entry), reason: 'x', retryAtMs: LATER }],
      condition: { kind: 'paused', failureCount: 4, failure: 'timeout', untilMs },
    })
    expect(await store.outbox.claim(asked)).toEqual({ kind: 'paused', untilMs })
    expect(await store.outbox.status(['webhook'])).toEqual([
      {
        sink: SINK,
        pending: 1,
        oldestAtMs: AT + 60_000,
        setAside: 0,
        failureCount: 4,
        failure: 'timeout',
        pausedUntilMs: untilMs,
      },
      { sink: 'webhook', pending: 0, setAside: 0, failureCount: 0 },
    ])
    expect(await store.outbox.claim({ ...asked, atMs: untilMs })).toMatchObject({
      kind: 'claimed',
      failureCount: 4,
    })
    await store.outbox.settle({
      ...nothing,
      failed: entry === undefined ? [] : [{ ...keyOf(entry), reason: 'x', retryAtMs: untilMs }],
      condition: { kind: 'paused', failureCount: 5, failure: 'timeout', untilMs },
    })
    await store.outbox.resume({ sink: SINK, atMs: LATER })
    expect(await store.outbox.claim(asked)).toMatchObject({ kind: 'claimed', failureCount: 5 })
    await store.outbox.settle({ ...nothing, condition: { kind: 'working' } })
    expect(await store.outbox.claim(asked)).toMatchObject({ kind: 'claimed', failureCount: 0 })
  })
}
