import { FEEDBACK_TYPES, NO_EXPERIENCE, addExperience } from '@imrs/core'
import type { FeedbackEvent, FeedbackType, MessageRecord, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, EXPERIENCE_TOPIC, feedback, message } from './samples.ts'
import { openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

async function append(store: Store, ...messages: MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

/** Every order of two and of three events of different or equal types. */
const orders: readonly (readonly FeedbackType[])[] = FEEDBACK_TYPES.flatMap((first) =>
  FEEDBACK_TYPES.flatMap((second) => [
    [first, second],
    ...FEEDBACK_TYPES.map((third) => [first, second, third]),
  ]),
)

/** The place of the event that counts: the strongest type, and of those the last. */
function placeThatCounts(types: readonly FeedbackType[]): number {
  const strongest = FEEDBACK_TYPES.find((type) => types.includes(type)) ?? 'explicit'
  return types.lastIndexOf(strongest)
}

export function feedbackContract(setup: StoreContractSetup): void {
  it('puts the rating on the message and gives the message as it is now', async () => {
    const store = await openStore(setup)
    const sent = message({ metadata: { a: 1 } })
    await append(store, sent)
    const event = feedback(sent, { ratingMilli: 333, signal: 'thumbs-up' })
    const rated = {
      ...sent,
      ratingMilli: 333,
      feedbackType: 'explicit',
      feedbackAtMs: event.atMs,
    }
    expect(await store.feedback.record(event)).toStrictEqual({
      kind: 'recorded',
      message: rated,
      ratingChanged: true,
      reasons: [],
      experienceChanged: true,
      moved: expect.objectContaining({ epoch: 0, version: 1 }),
    })
    const key = { tenantId: sent.tenantId, messageId: sent.id }
    expect(await store.ledger.getMessage(key)).toStrictEqual(rated)
  })

  it('gives every field of an event back, in the order they were taken', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const events: readonly FeedbackEvent[] = [
      feedback(sent, { feedbackType: 'implicit', signal: 'copy', atMs: AT + 9 }),
      feedback(sent, { ratingMilli: 0, atMs: AT + 1 }),
      feedback(sent, { feedbackType: 'self_eval', ratingMilli: 501, signal: undefined }),
    ]
    for (const event of events) await store.feedback.record(event)
    const stored = await store.feedback.listEvents({ ...AGENT, messageId: sent.id })
    expect(
      stored.map(({ seq: _seq, epoch: _epoch, weightMilli: _weight, ...event }) => event),
    ).toEqual(events)
    expect('signal' in (stored[2] ?? {})).toBe(false)
    const numbers = stored.map((event) => event.seq)
    expect(numbers.toSorted((left, right) => left - right)).toEqual(numbers)
    expect(new Set(numbers).size).toBe(3)
  })

  it.each(orders.map((types) => ({ types })))(
    'lets the right one of $types count',
    async ({ types }) => {
      const store = await openStore(setup)
      const sent = message()
      await append(store, sent)
      // Times run backwards, so that only the order of arrival can decide.
      const events = types.map((feedbackType, place) =>
        feedback(sent, { feedbackType, ratingMilli: 100 + place, atMs: AT + 100 - place }),
      )
      for (const event of events) await store.feedback.record(event)
      const counting = events[placeThatCounts(types)]
      expect(await store.ledger.getMessage({ ...AGENT, messageId: sent.id })).toMatchObject({
        ratingMilli: counting?.ratingMilli,
        feedbackType: counting?.feedbackType,
        feedbackAtMs: counting?.atMs,
      })
      const rating = counting?.ratingMilli ?? 0
      expect(await store.feedback.listExperience(AGENT)).toMatchObject([
        { count: 1, sum: rating, sumOfSquares: rating * rating },
      ])
    },
  )

  it('says whether the rating changed, and raises the experience only then', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const steps: readonly (readonly [Partial<FeedbackEvent>, boolean, number])[] = [
      [{ feedbackType: 'implicit', ratingMilli: 0 }, true, 1],
      [{ feedbackType: 'implicit', ratingMilli: 0 }, false, 1],
      [{ feedbackType: 'explicit', ratingMilli: 0 }, false, 1],
      [{ feedbackType: 'implicit', ratingMilli: 1_000 }, false, 1],
      [{ feedbackType: 'explicit', ratingMilli: 1_000 }, true, 2],
    ]
    for (const [changes, ratingChanged, version] of steps) {
      expect(await store.feedback.record(feedback(sent, changes))).toMatchObject({ ratingChanged })
      expect(await store.changes.versions([EXPERIENCE_TOPIC])).toEqual([version])
    }
  })

  it('says how far experience was moved: added up, that is what it holds', async () => {
    const store = await openStore(setup)
    let sums = NO_EXPERIENCE
    for (const user of ['user-1', 'user-2', 'user-1']) {
      const sent = message({ userId: user })
      await append(store, sent)
      for (const changes of [{ ratingMilli: 700 }, { ratingMilli: 200 }, { ratingMilli: 200 }]) {
        const outcome = await store.feedback.record(feedback(sent, { userId: user, ...changes }))
        if (outcome.kind !== 'recorded') throw new Error(`It was ${outcome.kind}`)
        const { moved, experienceChanged } = outcome
        expect(moved !== undefined).toBe(experienceChanged)
        if (moved === undefined) continue
        expect(await store.changes.versions([EXPERIENCE_TOPIC])).toEqual([moved.version])
        sums = addExperience(sums, moved.change)
      }
    }
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ ...sums, epoch: 0 }])
  })

  it('keeps the events and the experience of tenants and agents apart', async () => {
    const store = await openStore(setup)
    const sent = message()
    const theirs = { ...sent, tenantId: 'tenant-2' }
    await append(store, sent, theirs)
    await store.feedback.record(feedback(sent, { ratingMilli: 100 }))
    await store.feedback.record(feedback(theirs, { ratingMilli: 900 }))
    const key = { ...AGENT, tenantId: 'tenant-2' }
    expect(await store.feedback.listEvents({ ...key, messageId: sent.id })).toHaveLength(1)
    expect(await store.feedback.listExperience(key)).toMatchObject([{ count: 1, sum: 900 }])
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ count: 1, sum: 100 }])
    expect(await store.feedback.listExperience({ ...AGENT, agentId: 'agent-2' })).toEqual([])
  })

  it('counts a message in its own month, not in that of the signal', async () => {
    const store = await openStore(setup)
    const months: readonly (readonly [number, string])[] = [
      [Date.UTC(2025, 11, 31, 23, 59, 59, 999), '2025-12'],
      [Date.UTC(2026, 0, 1), '2026-01'],
      [Date.UTC(2026, 0, 31, 23, 59, 59, 999), '2026-01'],
    ]
    for (const [createdAtMs] of months) {
      const sent = message({ createdAtMs })
      await append(store, sent)
      await store.feedback.record(feedback(sent, { atMs: Date.UTC(2026, 5, 1), ratingMilli: 10 }))
    }
    const cells = await store.feedback.listExperience(AGENT)
    expect(cells.map((cell) => [cell.month, cell.count, cell.sum, cell.sumOfSquares])).toEqual([
      ['2025-12', 1, 10, 100],
      ['2026-01', 2, 20, 200],
    ])
  })

  it('gives a cell with everything it says', async () => {
    const store = await openStore(setup)
    const sent = message({ taskType: 'research', creditedTaskType: 'code' })
    await append(store, sent)
    await store.feedback.record(feedback(sent, { ratingMilli: 700 }))
    expect(await store.feedback.listExperience(AGENT)).toStrictEqual([
      {
        scope: 'agent',
        ...AGENT,
        taskType: 'code',
        modelId: 'openrouter/a',
        month: '2026-03',
        epoch: 0,
        count: 1,
        sum: 700,
        sumOfSquares: 490_000,
        weightMilli: 1_000,
        weightedSum: 700,
        weightedSumOfSquares: 490_000,
      },
    ])
  })

  it.skipIf(setup.without?.['raw-experience'] !== undefined)(
    'moves the experience of the agent, its tenant and everybody',
    async () => {
      const { store, allExperience } = await openFor(setup)
      const sent = [message(), message({ agentId: 'agent-2' }), message({ tenantId: 'tenant-2' })]
      await append(store, ...sent)
      for (const [place, each] of sent.entries()) {
        await store.feedback.record(feedback(each, { ratingMilli: 0 }))
        await store.feedback.record(feedback(each, { ratingMilli: 10 ** place }))
      }
      const cells = (await allExperience?.()) ?? []
      const seen = cells.map((cell) =>
        [cell.scope, cell.tenantId, cell.agentId, cell.count, cell.sum].join(' '),
      )
      expect(seen.toSorted((left, right) => (left < right ? -1 : 1))).toEqual([
        'agent tenant-1 agent-1 1 1',
        'agent tenant-1 agent-2 1 10',
        'agent tenant-2 agent-1 1 100',
        'global   3 111',
        'tenant tenant-1  2 11',
        'tenant tenant-2  1 100',
      ])
    },
  )
}
