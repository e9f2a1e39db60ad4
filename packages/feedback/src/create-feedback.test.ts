import { FEEDBACK_REASONS } from '@imrs/core'
import type { MessageRecord, RouterEvent } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { createFeedback } from './create-feedback.ts'
import type { FeedbackInput } from './feedback-input.ts'
import { resolveFeedbackRules } from './signal-values.ts'

const message: MessageRecord = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  tenantId: 'default',
  agentId: 'a',
  userId: 'u1',
  role: 'assistant',
  model: 'p/m',
  metadata: {},
  createdAtMs: Date.UTC(2026, 0, 31, 23),
  taskType: 'code',
  creditedTaskType: 'code',
  toolsUsed: [],
}

const unfinished = { tenantId: 'default', agentId: 'a', userId: 'u1' }

async function setUp() {
  const store = memoryStore()
  await store.ledger.append({ decisions: [], attempts: [], messages: [message] })
  const runtime = createTestRuntime()
  const events: RouterEvent[] = []
  const changed: MessageRecord[] = []
  const feedback = createFeedback({
    store,
    runtime,
    emit: (event) => events.push(event),
    unfinished: (id) => (id === 'unfinished' ? unfinished : undefined),
    onMoved: ({ message }) => changed.push(message),
    rules: resolveFeedbackRules(),
  })
  const rate = (input: Omit<FeedbackInput, 'messageId' | 'userId'>) =>
    feedback.record({ messageId: message.id, userId: 'u1', ...input })
  return { store, runtime, events, changed, feedback, rate }
}

describe('signals', () => {
  it.each([
    ['thumbs-up', 'explicit', 1],
    ['thumbs-down', 'explicit', 0],
    ['regenerate', 'implicit', 0],
    ['copy', 'implicit', 1],
    ['continue', 'implicit', 0.5],
  ] as const)('%s is %s and %d', async (signal, feedbackType, rating) => {
    const { rate } = await setUp()
    expect(await rate({ signal })).toMatchObject({ feedbackType, rating, changed: true })
  })

  it.each(['override', 'abandon'] as const)('%s is a hint, and no rating', async (signal) => {
    const { rate, store, changed, events } = await setUp()
    const result = await rate({ signal })
    expect(result).toEqual({
      messageId: message.id,
      reasons: [],
      recordedAtMs: expect.any(Number),
      changed: false,
    })
    // Strategies that learn are to see it at once; nobody is told of a rating.
    expect([changed.length, events.length]).toEqual([1, 0])
    const cells = await store.feedback.listExperience({ tenantId: 'default', agentId: 'a' })
    expect(cells).toMatchObject([{ count: 0, weightMilli: 1000 }])
  })

  it('a rating is explicit unless it says otherwise', async () => {
    const { rate, store } = await setUp()
    await rate({ rating: 0.25, by: 'agent' })
    await rate({ rating: 0.75 })
    const events = await store.feedback.listEvents({ tenantId: 'default', messageId: message.id })
    expect(events.map((event) => [event.feedbackType, event.ratingMilli])).toEqual([
      ['self_eval', 250],
      ['explicit', 750],
    ])
  })

  it('count as experience in the month of the answer, not of the signal', async () => {
    const { rate, runtime, store } = await setUp()
    await runtime.advance(90 * 86_400_000)
    await rate({ signal: 'thumbs-up' })
    expect(
      await store.feedback.listExperience({ tenantId: 'default', agentId: 'a' }),
    ).toMatchObject([{ month: '2026-01', count: 1, sum: 1000 }])
  })
})

describe('reasons', () => {
  it.each([{ signal: 'thumbs-down' }, { rating: 0.2 }, { rating: 1, by: 'agent' }] as const)(
    'go with %j, and are told as long as it counts',
    async (given) => {
      const { rate, store } = await setUp()
      const reasons = ['too-long', 'incorrect'] as const
      expect(await rate({ ...given, reasons })).toMatchObject({ reasons, changed: true })
      expect(await rate({ signal: 'abandon' })).toMatchObject({ reasons })
      const key = { tenantId: 'default', messageId: message.id }
      expect((await store.feedback.listEvents(key))[0]?.reasons).toEqual(reasons)
      const by = 'by' in given ? given.by : 'user'
      expect(await rate({ signal: 'retract', by })).toMatchObject({ reasons: [] })
    },
  )

  it('may follow a thumb: it stays, and nobody is told of another rating', async () => {
    const { rate, events } = await setUp()
    await rate({ signal: 'thumbs-down' })
    const told = events.length
    expect(await rate({ signal: 'thumbs-down', reasons: ['slow'] })).toMatchObject({
      rating: 0,
      reasons: ['slow'],
      changed: false,
    })
    expect(events).toHaveLength(told)
    expect(await rate({ signal: 'thumbs-down' })).toMatchObject({ rating: 0, reasons: [] })
  })
})

describe('who is told', () => {
  it('of a rating that counts', async () => {
    const { rate, events, changed, runtime } = await setUp()
    await rate({ signal: 'thumbs-up' })
    expect(events).toEqual([
      {
        type: 'feedback-recorded',
        atMs: runtime.now(),
        messageId: message.id,
        tenantId: 'default',
        agentId: 'a',
        modelId: 'p/m',
        taskType: 'code',
        feedbackType: 'explicit',
        rating: 1,
      },
    ])
    expect(changed).toHaveLength(1)
  })

  it('not of one that a stronger one outweighs, nor of the same again', async () => {
    const { rate, events } = await setUp()
    await rate({ signal: 'thumbs-up' })
    expect(await rate({ signal: 'regenerate' })).toMatchObject({ rating: 1, changed: false })
    expect(await rate({ signal: 'thumbs-up' })).toMatchObject({ rating: 1, changed: false })
    expect(events).toHaveLength(1)
  })
})

describe('refusals', () => {
  it.each([
    [{ rating: Number.NaN }, 'rating'],
    [{ rating: -0.1 }, 'rating'],
    [{ rating: 1, type: 'guess' as never }, 'type'],
    [{ signal: 'wave' as never }, 'signal'],
    [{ rating: 1, signal: 'copy' as const }, 'rating'],
    [{}, 'signal'],
    [{ rating: 1, idempotencyKey: 'once' }, 'idempotencyKey'],
    [{ rating: 1, tenantId: '' }, 'tenantId'],
    [{ rating: 1, reasons: ['dull'] as never }, 'reasons'],
    [{ rating: 1, reasons: 'clear' as never }, 'reasons'],
    [{ rating: 1, reasons: [] }, 'reasons'],
    [{ rating: 1, reasons: ['clear', 'slow', 'clear'] as const }, 'reasons'],
    [{ rating: 1, reasons: FEEDBACK_REASONS.slice(0, 6) }, 'reasons'],
    [{ signal: 'retract', reasons: ['clear'] } as const, 'reasons'],
    [{ signal: 'override', reasons: ['slow'] } as const, 'reasons'],
    [{ signal: 'copy', reasons: ['clear'] } as const, 'reasons'],
  ])('%j, by the name of the field', async (input, field) => {
    const { rate, store } = await setUp()
    await expect(rate(input)).rejects.toMatchObject({ code: 'invalid-request', field })
    expect(await store.feedback.listEvents({ tenantId: 'default', messageId: message.id })).toEqual(
      [],
    )
  })

  it('of an answer that is being made, and of one that is not there', async () => {
    const { feedback } = await setUp()
    const by = { userId: 'u1', rating: 1 }
    await expect(feedback.record({ ...by, messageId: 'unfinished' })).rejects.toMatchObject({
      code: 'message-not-finished',
    })
    await expect(
      feedback.record({ ...by, messageId: 'unfinished', agentIds: ['a'] }),
    ).rejects.toMatchObject({ code: 'message-not-finished' })
    await expect(feedback.record({ ...by, messageId: 'nowhere' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it.each([{ userId: 'u2' }, { tenantId: 'other' }, { agentIds: ['b'] }])(
    'of a stranger’s answer that is being made as of one that is not there: %j',
    async (stranger) => {
      const { feedback } = await setUp()
      const by = { userId: 'u1', rating: 1, ...stranger }
      const refusals = ['unfinished', 'nowhere'].map((messageId) =>
        feedback.record({ ...by, messageId }).catch((error: unknown) => error),
      )
      const [one, other] = await Promise.all(refusals)
      expect(one).toMatchObject({
        code: 'not-found',
        message: 'There is no answer "unfinished" of yours.',
      })
      expect(other).toMatchObject({
        code: 'not-found',
        message: 'There is no answer "nowhere" of yours.',
      })
    },
  )
})
