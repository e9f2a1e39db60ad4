import type { LearningRecord, LearningSink, Runtime } from '@imrs/core'
import { somaBrainSink } from '@imrs/feedback'
import { memorySecrets } from '@imrs/secrets'
import { createGate, withoutRepeats } from '@imrs/testing/simulator'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read, textOfParts } from '../__fixtures__/make-router.ts'
import {
  SOMABRAIN_TOKEN,
  USER,
  WEBHOOK_KEY,
  answers,
  expectedOf,
  stage,
} from './__fixtures__/sink-stage.ts'

const somaBrain = {
  kind: 'somabrain',
  sinkOf: (url: string, runtime: Runtime) => somaBrainSink({ url, runtime, sendText: true }),
} as const

describe('SomaBrain', () => {
  it('is told what users say of answers, as it wants to hear it', async () => {
    const { router, store, receiver, until, isEmpty } = await stage(somaBrain)
    const [messageId = ''] = await answers(store, 1, { conversationId: 'talk', content: 'A haiku' })
    const { length } = receiver.received
    await router.feedback({ messageId, userId: USER, rating: 0.8 })
    await until(isEmpty)
    expect(receiver.received.slice(length)).toEqual([
      {
        id: (await expectedOf(store, messageId))[0],
        tenantId: 'default',
        body: {
          session_id: 'talk',
          query: '',
          prompt: '',
          response_text: 'A haiku',
          utility: 0.8,
          reward: 0.8,
        },
      },
    ])
  })

  it('ends with what counts: replaced and retracted ratings are told, beaten ones and hints are not', async () => {
    const { router, store, receiver, until, isEmpty } = await stage(somaBrain)
    const [messageId = ''] = await answers(store, 1)
    const rate = (input: object) => router.feedback({ messageId, userId: USER, ...input })
    await rate({ signal: 'copy' })
    await rate({ signal: 'thumbs-down' })
    await rate({ signal: 'continue' })
    await rate({ signal: 'override' })
    await rate({ rating: 0.7 })
    await router.feedback.retract({ messageId, userId: USER })
    await router.feedback.retract({ messageId, userId: USER, type: 'implicit' })
    await until(isEmpty)
    expect(receiver.received.map(({ body }) => body['reward'])).toEqual([1, 0, 0.7, 0.5, 0.5])
    expect(receiver.received.every(({ body }) => body['response_text'] === '')).toBe(true)
  })
})

describe('a webhook', () => {
  it('is told of every signal, signed, with the rating that counts since', async () => {
    const { router, store, receiver, until, isEmpty, runtime } = await stage()
    const [messageId = ''] = await answers(store, 1, { content: 'Not asked for' })
    await router.feedback({ messageId, userId: USER, signal: 'thumbs-up', reasons: ['clear'] })
    await router.feedback.retract({ messageId, userId: USER })
    await until(isEmpty)
    const ids = await expectedOf(store, messageId)
    expect(receiver.received.map(({ id }) => id)).toEqual(ids)
    const about = {
      tenant_id: 'default',
      agent_id: 'mascot',
      message_id: messageId,
      conversation_id: null,
      user_id: USER,
      model: 'p/m',
      task_type: 'code',
      feedback_type: 'explicit',
      rating_changed: true,
    }
    const timestamp = new Date(runtime.now()).toISOString()
    expect(receiver.received.map(({ body }) => body)).toEqual([
      {
        type: 'feedback.recorded',
        timestamp,
        data: {
          ...about,
          event_id: ids[0]?.split('_')[1],
          signal: 'thumbs-up',
          given_rating: 1,
          given_reasons: ['clear'],
          rating: 1,
          reasons: ['clear'],
        },
      },
      {
        type: 'feedback.recorded',
        timestamp,
        data: {
          ...about,
          event_id: ids[1]?.split('_')[1],
          signal: 'retract',
          given_rating: null,
          given_reasons: [],
          rating: null,
          reasons: [],
        },
      },
    ])
  })
})

describe('deliveries', () => {
  it('of a router without sinks leave nothing in the store', async () => {
    const { router, store } = await makeRouter()
    const answer = await router.chat(hello)
    await read(answer)
    await router.feedback({ messageId: answer.messageId, userId: USER, signal: 'thumbs-up' })
    expect(await store.outbox.status([])).toEqual([])
    expect(await router.sinks.status()).toEqual([])
  })

  it.each([
    [true, true],
    [true, false],
    [false, true],
  ])(
    'hold the text of an answer when it is stored (%s) and asked for (%s)',
    async (storeContent, wantsText) => {
      const delivered = Promise.withResolvers<LearningRecord>()
      const sink: LearningSink = {
        specVersion: 'v1',
        name: 'own',
        wantsText,
        deliver: async (record) => delivered.resolve(record),
        close: async () => {},
      }
      const { router } = await makeRouter({ storeContent, sinks: [sink] })
      const answer = await router.chat(hello)
      const text = textOfParts(await read(answer))
      await router.feedback({ messageId: answer.messageId, userId: USER, signal: 'thumbs-up' })
      const { answerText } = await delivered.promise
      expect(text).not.toBe('')
      expect(answerText).toBe(storeContent && wantsText ? text : undefined)
    },
  )

  it.each([
    ['a server error', { type: 'status', status: 500 }],
    ['a connection that breaks before the head', { type: 'cut', place: 'head', isTaken: true }],
    ['a connection that breaks in the body', { type: 'cut', place: 'body', isTaken: true }],
    ['silence', { type: 'hang' }],
    ['a wrong token', { type: 'status', status: 401 }],
    ['a wrong address', { type: 'status', status: 404 }],
  ] as const)('are tried again after %s, and none is lost', async (_name, fault) => {
    const { router, store, receiver, drive, isEmpty } = await stage()
    const ids = await answers(store, 3)
    receiver.decide(({ number }) => (number <= 5 ? fault : undefined))
    for (const messageId of ids) await router.feedback({ messageId, userId: USER, rating: 1 })
    await drive(isEmpty)
    const expected = await Promise.all(ids.map((id) => expectedOf(store, id)))
    expect(new Set(receiver.received.map(({ id }) => id))).toEqual(new Set(expected.flat()))
    expect(receiver.requests.length).toBeGreaterThan(5)
  })

  it('wait for as long as the sink asks', async () => {
    const { router, store, receiver, runtime, until, events, drive, isEmpty } = await stage()
    const [messageId = ''] = await answers(store, 1)
    receiver.decide(({ number }) =>
      number === 1 ? { type: 'status', status: 429, retryAfter: '3600' } : undefined,
    )
    const beganMs = runtime.now()
    await router.feedback({ messageId, userId: USER, rating: 1 })
    const isDown = async () => (await router.sinks.status()).some((sink) => sink.isDown)
    await until(isDown)
    expect(await router.sinks.status()).toEqual([
      {
        name: 'webhook',
        isConfigured: true,
        pending: 1,
        oldestAgeMs: 0,
        setAside: 0,
        isDown: true,
        failure: 'rate-limited',
        retryAtMs: beganMs + 3_600_000,
      },
    ])
    await drive(() => runtime.now() >= beganMs + 3_599_000)
    expect(receiver.requests).toHaveLength(1)
    await drive(isEmpty)
    expect(receiver.received).toHaveLength(1)
    expect(events).toMatchObject([
      { type: 'sink-down', sink: 'webhook', failure: 'rate-limited' },
      { type: 'sink-recovered', sink: 'webhook' },
    ])
  })

  it('of what is refused are set aside and told, and hold up nothing but their own answer', async () => {
    const { router, store, receiver, until, events } = await stage()
    const ids = await answers(store, 3)
    const [poison = ''] = ids
    const rate = (messageId: string, rating: number) =>
      router.feedback({ messageId, userId: USER, rating })
    receiver.decide(({ id }) =>
      id.startsWith(poison) ? { type: 'status', status: 422 } : undefined,
    )
    for (const id of ids) await rate(id, 0)
    for (const id of ids) await rate(id, 1)
    await until(() => receiver.received.length === 4)
    const stands = () => router.sinks.status()
    await until(async () => (await stands())[0]?.pending === 1)
    expect(await stands()).toMatchObject([{ pending: 1, setAside: 1, isDown: false }])
    expect(await router.sinks.listSetAside({ sink: 'webhook' })).toMatchObject([
      { reason: 'The sink webhook answered 422', attemptCount: 1, record: { ratingMilli: 0 } },
    ])
    expect(receiver.requests.filter(({ id }) => id.startsWith(poison))).toHaveLength(1)
    await until(() => events.length > 0)
    expect(events).toMatchObject([
      { type: 'delivery-set-aside', sink: 'webhook', messageId: poison, tenantId: 'default' },
    ])

    receiver.decide(undefined)
    expect(await router.sinks.retry({ sink: 'webhook' })).toBe(1)
    await until(() => receiver.received.length === 6)
    const told = receiver.received.filter(({ id }) => id.startsWith(poison))
    expect(told.map(({ id }) => id)).toEqual(await expectedOf(store, poison))
  })

  it('go on behind what is discarded', async () => {
    const { router, store, receiver, until, isEmpty } = await stage()
    const [messageId = ''] = await answers(store, 1)
    receiver.decide(({ number }) => (number === 1 ? { type: 'status', status: 400 } : undefined))
    await router.feedback({ messageId, userId: USER, rating: 0 })
    await router.feedback({ messageId, userId: USER, rating: 1 })
    await until(async () => (await router.sinks.status())[0]?.setAside === 1)
    expect(receiver.received).toEqual([])
    expect(await router.sinks.discard({ sink: 'webhook' })).toBe(1)
    await until(isEmpty)
    const [, second] = await expectedOf(store, messageId)
    expect(receiver.received.map(({ id }) => id)).toEqual([second])
  })

  it('of records that always fail hold up no others', async () => {
    const { router, store, receiver, drive } = await stage()
    const ids = await answers(store, 20)
    const poisonous = new Set(ids.slice(0, 5))
    receiver.decide(({ id }) =>
      poisonous.has(id.slice(0, 36)) ? { type: 'cut', place: 'head' } : undefined,
    )
    for (const messageId of ids) await router.feedback({ messageId, userId: USER, rating: 1 })
    await drive(() => withoutRepeats(receiver.received).length === 15)
    expect((await router.sinks.status())[0]).toMatchObject({ pending: 5, setAside: 0 })
  })

  it('send nothing without a credential, and say so', async () => {
    const secrets = memorySecrets()
    const { router, store, receiver, until, drive, isEmpty, events } = await stage({
      router: { secrets },
    })
    const [messageId = ''] = await answers(store, 1)
    await router.feedback({ messageId, userId: USER, rating: 1 })
    await until(() => events.length > 0)
    expect(events).toMatchObject([{ type: 'sink-down', failure: 'credentials' }])
    expect(receiver.requests).toEqual([])
    await secrets.write({ providerId: 'webhook', path: 'secret/llm/webhook' }, WEBHOOK_KEY)
    await drive(isEmpty)
    expect(receiver.received).toHaveLength(1)
  })

  it('end soon when the router closes, and leave the rest where it is', async () => {
    const { router, store, receiver, runtime } = await stage({
      router: { sinkDelivery: { closeMs: 2_000 } },
    })
    const ids = await answers(store, 6)
    const gate = createGate()
    receiver.decide(({ number }) => (number === 1 ? { type: 'hang', gate } : { type: 'hang' }))
    for (const messageId of ids) await router.feedback({ messageId, userId: USER, rating: 1 })
    await receiver.until(() => receiver.hanging >= 1)
    const { outbox } = store
    const status = outbox.status.bind(outbox)
    let atClose: Awaited<ReturnType<typeof status>> = []
    const closeStore = store.close.bind(store)
    Object.assign(store, {
      close: async () => {
        atClose = await status([])
        await closeStore()
      },
    })
    const closed = router.close()
    gate.open()
    await receiver.until(() => receiver.received.length === 1)
    await runtime.advance(2_000)
    await closed
    expect(receiver.requests.length).toBeLessThanOrEqual(5)
    expect(atClose[0]?.pending).toBeGreaterThanOrEqual(5)
  })

  it('are not held up for ever by a sink that heeds no signal, nor is closing', async () => {
    const begun: PromiseWithResolvers<void>[] = [
      Promise.withResolvers<void>(),
      Promise.withResolvers<void>(),
    ]
    let calls = 0
    const sink: LearningSink = {
      specVersion: 'v1',
      name: 'own',
      deliver: () => {
        begun[calls]?.resolve()
        calls += 1
        return new Promise(() => {})
      },
      close: async () => {},
    }
    const { router, runtime, store } = await makeRouter({ sinks: [sink] })
    const [messageId = ''] = await answers(store, 1)
    await router.feedback({ messageId, userId: USER, signal: 'thumbs-up' })
    await begun[0]?.promise
    await runtime.advance(39_999)
    expect(calls).toBe(1)
    await runtime.advance(1_001)
    await begun[1]?.promise
    const closed = router.close()
    await runtime.advance(5_000)
    await closed
  })

  it('tell nothing secret', async () => {
    const { router, store, receiver, drive, events } = await stage(somaBrain)
    const [messageId = ''] = await answers(store, 1, { content: 'The answer itself' })
    receiver.decide(({ number }) =>
      number > 3 ? { type: 'status', status: 422 } : { type: 'garbage' },
    )
    await router.feedback({ messageId, userId: USER, rating: 1 })
    await drive(async () => (await router.sinks.status())[0]?.setAside === 1)
    const told = JSON.stringify([events, await router.sinks.listSetAside({ sink: 'somabrain' })])
    expect(told).not.toContain(SOMABRAIN_TOKEN)
    expect(told).not.toContain('The answer itself')
  })
})
