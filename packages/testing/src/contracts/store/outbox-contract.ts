import type { OutboxEntry } from '@imrs/core'
import { expect, it } from 'vitest'

import {
  SINK,
  asked,
  send,
  rate,
  claim,
  entriesOf,
  idsOf,
  nothing,
  first,
  keyOf,
} from './outbox-samples.ts'
import { AGENT, feedback, message } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

/** What is kept for sinks. */
export function outboxContract(setup: StoreContractSetup): void {
  it('keeps a signal for each sink that is named, with what it made of the answer', async () => {
    const store = await openStore(setup)
    const sent = message({
      conversationId: 'talk-1',
      taskType: 'research',
      creditedTaskType: 'code',
    })
    await send(store, sent)
    const event = feedback(sent, { ratingMilli: 700 })
    await store.feedback.record(event, { sinks: [SINK, 'webhook'] })
    const expected = {
      event,
      ratingMilli: 700,
      ratingChanged: true,
      agentId: AGENT.agentId,
      modelId: sent.model,
      taskType: 'code',
      conversationId: 'talk-1',
    }
    for (const sink of [SINK, 'webhook']) {
      const [entry, ...others] = await claim(store, { sink })
      expect(others).toEqual([])
      expect(entry).toStrictEqual({
        tenantId: sent.tenantId,
        seq: entry?.seq,
        record: expected,
        attemptCount: 0,
        createdAtMs: event.atMs,
      })
    }
  })

  it('keeps nothing for nobody, of a repeat, and of what was not recorded', async () => {
    const store = await openStore(setup)
    const sent = message()
    await send(store, sent)
    await store.feedback.record(feedback(sent))
    await store.feedback.record(feedback(sent), { sinks: [] })
    await store.feedback.record(feedback(message()), { sinks: [SINK] })
    await store.feedback.record(feedback(sent, { userId: 'user-2' }), { sinks: [SINK] })
    expect(await store.outbox.status([])).toEqual([])
    const event = feedback(sent)
    await store.feedback.record(event, { sinks: [SINK] })
    await store.feedback.record(event, { sinks: [SINK] })
    expect(await store.outbox.status([])).toMatchObject([{ sink: SINK, pending: 1 }])
  })

  it('tells retractions and what is beaten, so that the last record says what counts', async () => {
    const store = await openStore(setup)
    const sent = message()
    await send(store, sent)
    const events = await rate(
      store,
      feedback(sent, { ratingMilli: 0 }),
      feedback(sent, { feedbackType: 'implicit', ratingMilli: 1_000, signal: 'copy' }),
      feedback(sent, { ratingMilli: 0, signal: 'retract' }),
      feedback(sent, {
        feedbackType: 'implicit',
        ratingMilli: 0,
        signal: 'retract',
      }),
    )
    const seen: OutboxEntry[] = []
    for (const _ of events) {
      const entry = first(await claim(store))
      seen.push(entry)
      await store.outbox.settle({ ...nothing, delivered: [keyOf(entry)] })
    }
    expect(idsOf(seen)).toEqual(events.map(({ id }) => id))
    expect(seen.map(({ record }) => [record.ratingMilli, record.ratingChanged])).toEqual([
      [0, true],
      [0, false],
      [1_000, true],
      [undefined, true],
    ])
  })

  it('gives the text of an answer where it is stored and asked for', async () => {
    const store = await openStore(setup)
    const [told, untold] = [message({ content: 'A haiku' }), message()]
    await send(store, told, untold)
    await rate(store, feedback(told), feedback(untold))
    const texts = (entries: readonly OutboxEntry[]) =>
      entries.map(({ record }) => ('answerText' in record ? record.answerText : 'none'))
    expect(texts(await claim(store))).toEqual(['none', 'none'])
    expect(texts(await claim(store, { withText: true }))).toEqual(['A haiku', 'none'])
  })

  it('keeps a record of an answer that is rated by fifty at once in the order of its events', async () => {
    const store = await openStore(setup)
    const sent = message()
    await send(store, sent)
    const events = Array.from({ length: 50 }, (_, place) => feedback(sent, { ratingMilli: place }))
    await Promise.all(events.map((event) => store.feedback.record(event, { sinks: [SINK] })))
    const taken: string[] = []
    for (let entries = await claim(store); entries.length > 0;) {
      taken.push(...idsOf(entries))
      await store.outbox.settle({ ...nothing, delivered: entries.map(keyOf) })
      entries = entriesOf(await store.outbox.claim(asked))
    }
    const stored = await store.feedback.listEvents({ ...AGENT, messageId: sent.id })
    expect(taken).toEqual(stored.map(({ id }) => id))
  })
}
