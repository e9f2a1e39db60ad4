import type { MessageRecord, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, EXPERIENCE_TOPIC, feedback, message, newId } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

async function append(store: Store, ...messages: MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

/** Whose signals are taken, and that each is, once. */
export function feedbackOnceContract(setup: StoreContractSetup): void {
  it('writes an event once, however often it is sent', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const event = feedback(sent)
    const [first] = [await store.feedback.record(event)]
    expect(first.kind).toBe('recorded')
    const again = await store.feedback.record({ ...event, ratingMilli: 0 })
    expect(again).toStrictEqual({
      kind: 'duplicate',
      message: await store.ledger.getMessage({ ...AGENT, messageId: sent.id }),
      reasons: [],
    })
    const racing = await Promise.all(Array.from({ length: 10 }, () => store.feedback.record(event)))
    expect(new Set(racing.map((outcome) => outcome.kind))).toEqual(new Set(['duplicate']))
    expect(await store.feedback.listEvents({ ...AGENT, messageId: sent.id })).toHaveLength(1)
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ count: 1, sum: 1_000 }])
  })

  it('finds no message that is not there, not of this tenant or not of this user', async () => {
    const store = await openStore(setup)
    const sent = message()
    const anonymous = message({ userId: undefined })
    await append(store, sent, anonymous)
    const strangers = [
      feedback(message()),
      feedback(sent, { tenantId: 'tenant-2' }),
      feedback(sent, { userId: 'user-2' }),
      feedback(anonymous),
    ]
    for (const event of strangers) {
      expect(await store.feedback.record(event)).toEqual({ kind: 'not-found' })
    }
    expect(await store.feedback.listEvents({ ...AGENT, messageId: sent.id })).toEqual([])
    expect(await store.feedback.listExperience(AGENT)).toEqual([])
    expect(await store.changes.versions([EXPERIENCE_TOPIC])).toEqual([0])
  })

  it('tells a stranger nothing of an event that is there', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const event = feedback(sent)
    await store.feedback.record(event)
    const replayed = await store.feedback.record({ ...event, userId: 'user-2' })
    expect(replayed).toEqual({ kind: 'not-found' })
  })

  it('loses none of fifty signals that come at once', async () => {
    const store = await openStore(setup)
    const sent = Array.from({ length: 10 }, () => message())
    await append(store, ...sent)
    const events = Array.from({ length: 50 }, (_, index) =>
      feedback(sent[index % 10] ?? message(), { ratingMilli: index * 20 }),
    )
    const outcomes = await Promise.all(events.map((event) => store.feedback.record(event)))
    expect(outcomes.filter((outcome) => outcome.kind !== 'recorded')).toEqual([])
    let sum = 0
    for (const { id } of sent) {
      const stored = await store.feedback.listEvents({ ...AGENT, messageId: id })
      expect(stored).toHaveLength(5)
      sum += stored.at(-1)?.ratingMilli ?? 0
    }
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ count: 10, sum }])
  })

  it('records nothing when it was aborted', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const signal = AbortSignal.abort('enough')
    await expect(store.feedback.record(feedback(sent), { signal })).rejects.toBe('enough')
    expect(await store.feedback.listEvents({ ...AGENT, messageId: sent.id })).toEqual([])
  })

  it('takes ids of events that another message or tenant has too', async () => {
    const store = await openStore(setup)
    const sent = message()
    const theirs = message({ tenantId: 'tenant-2' })
    await append(store, sent, theirs)
    const id = newId()
    expect((await store.feedback.record(feedback(sent, { id }))).kind).toBe('recorded')
    expect((await store.feedback.record(feedback(theirs, { id }))).kind).toBe('recorded')
  })
}
