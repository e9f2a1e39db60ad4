import type { ProviderFailure } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from './__fixtures__/make-router.ts'

const down: ProviderFailure = { kind: 'unavailable', message: 'The provider is down.' }
const usage = { inputTokens: 10, outputTokens: 5 }

describe('an answer', () => {
  it('begins with the decision, ends with end, and gives the text between', async () => {
    const { router } = await makeRouter({
      providers: [{ models: ['one'], answer: () => ({ text: ['Hel', 'lo'], usage }) }],
    })

    const answer = await router.chat({ ...hello, model: 'auto' })
    const parts = await read(answer)

    expect(parts.map((part) => part.type)).toEqual([
      'decision',
      'text-delta',
      'text-delta',
      'usage',
      'end',
    ])
    expect(textOfParts(parts)).toBe('Hello')
    expect(partsOf(parts, 'decision')[0]).toMatchObject({
      messageId: answer.messageId,
      model: 'fake/one',
      taskType: 'general',
      source: 'auto',
    })
  })

  it('sends nothing before it is read, and is read once', async () => {
    const { router, providers } = await makeRouter()
    const answer = await router.chat(hello)
    expect(providers[0]?.calls).toEqual([])

    await read(answer)

    expect(providers[0]?.calls).toHaveLength(1)
    await expect(read(answer)).rejects.toThrow('read once')
  })

  it('is there as text, and rejects as text when it breaks', async () => {
    const { router } = await makeRouter({
      providers: [
        {
          models: ['good', 'bad'],
          answer: ({ externalId }) => (externalId === 'good' ? { text: 'Hi' } : { failure: down }),
        },
      ],
    })

    await expect((await router.chat({ ...hello, model: 'fake/good' })).text()).resolves.toBe('Hi')
    const other = { ...hello, userId: 'u2', model: 'fake/bad' }
    await expect((await router.chat(other)).text()).rejects.toMatchObject({
      code: 'provider-error',
    })
  })

  it('is in the ledger, with its decision and its cost, before end is given out', async () => {
    const { router, store } = await makeRouter({
      providers: [
        {
          models: [{ externalId: 'one', pricing: { input: '2', output: '10' } }],
          answer: () => ({ text: 'Hi', usage }),
        },
      ],
    })
    const answer = await router.chat(hello)

    for await (const part of answer.parts) {
      if (part.type !== 'end') continue
      const key = { tenantId: 'default', messageId: answer.messageId }
      expect(await store.ledger.getMessage(key)).toMatchObject({ model: 'fake/one', userId: 'u1' })
      expect(await store.ledger.listAttempts(key)).toMatchObject([
        { outcome: 'completed', usage, costNanoUsd: 70_000 },
      ])
    }

    await expect(router.explain(answer.decision.id)).resolves.toMatchObject({
      decision: { id: answer.decision.id, modelId: 'fake/one' },
      message: { id: answer.messageId },
    })
  })

  it('has an unknown cost, not none, when the model has no price', async () => {
    const { router, store } = await makeRouter({
      providers: [{ models: ['one'], answer: () => ({ text: 'Hi', usage }) }],
    })
    const answer = await router.chat(hello)
    const parts = await read(answer)

    expect(partsOf(parts, 'usage')[0]).not.toHaveProperty('costUsd')
    const key = { tenantId: 'default', messageId: answer.messageId }
    expect((await store.ledger.listAttempts(key))[0]?.costNanoUsd).toBeUndefined()
  })

  it('keeps its text only when the host asks for that', async () => {
    for (const storeContent of [true, false]) {
      const { router, store } = await makeRouter({ storeContent })
      const answer = await router.chat(hello)
      await read(answer)
      const message = await store.ledger.getMessage({
        tenantId: 'default',
        messageId: answer.messageId,
      })
      expect(message?.content).toBe(storeContent ? 'one' : undefined)
    }
  })

  it('gives tool calls whole and notes the tools', async () => {
    const { router, store } = await makeRouter({
      providers: [
        {
          models: [{ externalId: 'one', capabilities: ['text', 'function_calling'] }],
          answer: () => ({ toolCalls: [{ id: 'c1', name: 'weather', input: { city: 'Bern' } }] }),
        },
      ],
    })
    const answer = await router.chat({
      ...hello,
      tools: [{ name: 'weather', parameters: { type: 'object' } }],
    })
    const parts = await read(answer)

    expect(partsOf(parts, 'tool-call')).toEqual([
      { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Bern' } },
    ])
    expect(partsOf(parts, 'end')[0]?.finishReason).toBe('tool-calls')
    const key = { tenantId: 'default', messageId: answer.messageId }
    expect((await store.ledger.getMessage(key))?.toolsUsed).toEqual(['weather'])
  })
})

describe('tools seen in an answer', () => {
  it('update the task type that is stored; the rating counts for the one decided on', async () => {
    const { router, store } = await makeRouter({
      providers: [
        {
          models: ['one'],
          answer: () => ({ toolCalls: [{ id: 'c1', name: 'http_fetch', input: {} }] }),
        },
      ],
    })
    const answer = await router.chat({
      userId: 'u1',
      model: 'auto',
      messages: [{ role: 'user', content: 'Translate this page' }],
    })
    await read(answer)
    await router.feedback({ messageId: answer.messageId, userId: 'u1', signal: 'thumbs-up' })

    const key = { tenantId: 'default', messageId: answer.messageId }
    expect(await store.ledger.getMessage(key)).toMatchObject({
      taskType: 'research',
      creditedTaskType: 'translation',
    })
    expect(
      await store.feedback.listExperience({ tenantId: 'default', agentId: 'default' }),
    ).toMatchObject([{ taskType: 'translation', count: 1 }])
  })
})

describe('failover of Auto', () => {
  it('shows nothing of the failed model and announces the next', async () => {
    const { router, store } = await makeRouter({
      providers: [
        {
          models: [{ externalId: 'a' }, { externalId: 'b' }],
          answer: ({ externalId }) => (externalId === 'a' ? { failure: down } : { text: 'from b' }),
        },
      ],
    })
    const answer = await router.chat({ ...hello, model: 'auto' })
    const parts = await read(answer)

    expect(parts.map((part) => part.type)).toEqual(['decision', 'fallback', 'text-delta', 'end'])
    expect(partsOf(parts, 'fallback')[0]).toMatchObject({
      from: 'fake/a',
      to: 'fake/b',
      step: 'next-ranked',
      failureKind: 'unavailable',
    })
    const { decision, message } = await router.explain(answer.decision.id)
    expect(message?.model).toBe('fake/b')
    expect(decision).toMatchObject({ opeEligible: false, opeReason: 'not-rank-one' })
    const key = { tenantId: 'default', messageId: answer.messageId }
    expect((await store.ledger.listAttempts(key)).map((attempt) => attempt.outcome)).toEqual([
      'failed',
      'completed',
    ])
  })

  it('never adds another model’s text to what was shown', async () => {
    const { router, providers } = await makeRouter({
      providers: [{ models: ['a', 'b'], answer: () => ({ text: 'half', failure: down }) }],
    })
    const answer = await router.chat({ ...hello, model: 'auto' })
    const parts = await read(answer)

    expect(parts.map((part) => part.type)).toEqual(['decision', 'text-delta', 'error'])
    expect(partsOf(parts, 'error')[0]).toMatchObject({
      failureKind: 'unavailable',
      received: { characters: 4, toolCalls: 0 },
      isRetryable: true,
    })
    expect(providers[0]?.calls).toHaveLength(1)
  })

  it('takes an empty answer for a failure', async () => {
    const { router } = await makeRouter({
      providers: [
        {
          models: ['a', 'b'],
          answer: ({ externalId }) => ({ text: externalId === 'a' ? '' : 'full' }),
        },
      ],
    })
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(partsOf(parts, 'fallback')[0]?.failureKind).toBe('empty')
    expect(textOfParts(parts)).toBe('full')
  })

  it('goes to a larger context when the prompt was too long, never to a smaller one', async () => {
    const tooLong: ProviderFailure = { kind: 'context-too-long', message: 'Too long.' }
    const { router, providers } = await makeRouter({
      providers: [
        {
          models: [
            { externalId: 'a', contextLength: 1000 },
            { externalId: 'b', contextLength: 500 },
            { externalId: 'c', contextLength: 9000 },
          ],
          answer: ({ externalId }) =>
            externalId === 'a' ? { failure: tooLong } : { text: externalId },
        },
      ],
    })
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(textOfParts(parts)).toBe('c')
    expect(providers[0]?.calls.map((call) => call.externalId)).toEqual(['a', 'c'])
  })

  it('does not ask a provider again that refused the key', async () => {
    const refused: ProviderFailure = { kind: 'credentials', message: 'The key is wrong.' }
    const { router, providers } = await makeRouter({
      providers: [
        { id: 'first', models: ['a', 'b'], answer: () => ({ failure: refused }) },
        { id: 'second', models: ['c'] },
      ],
    })
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(textOfParts(parts)).toBe('c')
    expect(providers[0]?.calls).toHaveLength(1)
  })

  it('stops when no other model would do better', async () => {
    const invalid: ProviderFailure = { kind: 'invalid-request', message: 'A field is wrong.' }
    const { router, providers } = await makeRouter({
      providers: [{ models: ['a', 'b'], answer: () => ({ failure: invalid }) }],
    })
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(partsOf(parts, 'error')[0]).toMatchObject({
      code: 'invalid-request',
      isRetryable: false,
    })
    expect(providers[0]?.calls).toHaveLength(1)
  })

  it('names every model it tried when none answered', async () => {
    const { router } = await makeRouter({
      providers: [{ models: ['a', 'b'], answer: () => ({ failure: down }) }],
    })
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(partsOf(parts, 'error')[0]).toMatchObject({ code: 'all-attempts-failed' })
    expect(partsOf(parts, 'error')[0]?.message).toContain(
      'fake/a (unavailable), fake/b (unavailable)',
    )
  })

  it('passes over a provider that keeps failing, and tries it again later', async () => {
    let isDown = true
    const { router, runtime, providers } = await makeRouter({
      providers: [
        {
          id: 'flaky',
          models: ['a'],
          answer: () => (isDown ? { failure: down } : { text: 'back' }),
        },
        { id: 'steady', models: ['b'] },
      ],
    })
    const ask = async () => textOfParts(await read(await router.chat({ ...hello, model: 'auto' })))
    for (let round = 0; round < 6; round += 1) expect(await ask()).toBe('b')
    expect(providers[0]?.calls).toHaveLength(4)
    expect(await router.health.list()).toContainEqual(
      expect.objectContaining({ providerId: 'flaky', status: 'down' }),
    )

    isDown = false
    await runtime.advance(31_000)
    expect(await ask()).toBe('back')
  })

  it('waits once, within the bound, for a model that rests when there is no other', async () => {
    let isDown = true
    const { router, runtime, providers } = await makeRouter({
      maxWaitMs: 10_000,
      providers: [{ models: ['a'], answer: () => (isDown ? { failure: down } : { text: 'back' }) }],
    })
    for (let round = 0; round < 5; round += 1) await read(await router.chat(hello))
    isDown = false
    const reading = router.chat(hello).then(read)
    await runtime.advance(4_999)
    expect(providers[0]?.calls).toHaveLength(5)
    await runtime.advance(1_001)
    const parts = await reading
    expect(textOfParts(parts)).toBe('back')
    expect(partsOf(parts, 'fallback')).toEqual([])
  })

  it('says of every model that rests when it may be tried again', async () => {
    const { router, runtime, providers } = await makeRouter({
      providers: [{ models: ['a', 'b'], answer: () => ({ failure: down }) }],
    })
    for (let round = 0; round < 5; round += 1) await read(await router.chat(hello))
    const [error] = partsOf(await read(await router.chat(hello)), 'error')
    expect(providers[0]?.calls).toHaveLength(10)
    expect(error?.tried).toMatchObject([
      { model: 'fake/a', failureKind: 'unavailable', wasCalled: false },
      { model: 'fake/b', failureKind: 'unavailable', wasCalled: false },
    ])
    for (const { retryAtMs = 0 } of error?.tried ?? []) {
      expect(retryAtMs - runtime.now()).toBeGreaterThanOrEqual(5_000)
      expect(retryAtMs - runtime.now()).toBeLessThanOrEqual(6_000)
    }
    expect(error?.retryAfterMs).toBeGreaterThanOrEqual(5_000)
  })
})

describe('time', () => {
  const never = new Promise(() => undefined)

  it.each([
    { kind: 'timeout-headers', answer: { beforeHeaders: never }, afterMs: 30_000 },
    { kind: 'timeout-first-part', answer: { hangs: true }, afterMs: 60_000 },
    { kind: 'timeout-idle', answer: { text: 'half', hangs: true }, afterMs: 30_000 },
  ])('$kind ends a call that stalls, upstream too', async ({ kind, answer, afterMs }) => {
    const { router, runtime, providers } = await makeRouter({
      providers: [{ models: ['a'], answer: () => answer }],
    })
    const reading = router.chat(hello).then(read)
    await runtime.advance(afterMs - 1)
    expect(runtime.sleeping()).toBeGreaterThan(0)
    await runtime.advance(2)

    expect(partsOf(await reading, 'error')[0]?.failureKind).toBe(kind)
    expect(providers[0]?.calls[0]?.wasAborted).toBe(true)
    expect(runtime.sleeping()).toBe(0)
  })

  it('bounds the whole call', async () => {
    const { router, runtime } = await makeRouter({
      timeouts: { totalMs: 1000, idleMs: 2000, firstPartMs: 2000 },
      providers: [{ models: ['a'], answer: () => ({ text: 'half', hangs: true }) }],
    })
    const reading = router.chat(hello).then(read)
    await runtime.advance(1001)
    expect(partsOf(await reading, 'error')[0]?.failureKind).toBe('timeout-total')
  })

  it('moves Auto to the next model when the first is too slow to begin', async () => {
    const { router, runtime } = await makeRouter({
      providers: [
        {
          models: ['a', 'b'],
          answer: ({ externalId }) => (externalId === 'a' ? { hangs: true } : { text: 'b' }),
        },
      ],
    })
    const reading = router.chat({ ...hello, model: 'auto' }).then(read)
    await runtime.advance(60_001)
    const parts = await reading
    expect(partsOf(parts, 'fallback')[0]?.failureKind).toBe('timeout-first-part')
    expect(textOfParts(parts)).toBe('b')
  })

  it('leaves no timer behind', async () => {
    const { router, runtime } = await makeRouter()
    await read(await router.chat(hello))
    expect(runtime.sleeping()).toBe(0)
  })
})

describe('leaving', () => {
  it('an abort ends the call upstream and the answer with an error part', async () => {
    const { router, providers } = await makeRouter({
      providers: [{ models: ['a'], answer: () => ({ text: 'half', hangs: true }) }],
    })
    const abort = new AbortController()
    const answer = await router.chat(hello, { signal: abort.signal })
    const parts = []
    for await (const part of answer.parts) {
      parts.push(part)
      if (part.type === 'text-delta') abort.abort()
    }
    expect(parts.at(-1)).toMatchObject({ type: 'error', code: 'aborted' })
    expect(providers[0]?.calls[0]?.wasAborted).toBe(true)
  })

  it('breaking the loop ends the call upstream, and what was shown is recorded and can be rated', async () => {
    const { router, store, providers } = await makeRouter({
      providers: [{ models: ['a'], answer: () => ({ text: 'half', hangs: true }) }],
    })
    const answer = await router.chat(hello)
    for await (const part of answer.parts) if (part.type === 'text-delta') break

    const key = { tenantId: 'default', messageId: answer.messageId }
    expect(await store.ledger.listAttempts(key)).toMatchObject([{ outcome: 'aborted' }])
    expect(providers[0]?.calls[0]?.wasAborted).toBe(true)
    await expect(
      router.feedback({ messageId: answer.messageId, userId: 'u1', signal: 'thumbs-down' }),
    ).resolves.toMatchObject({ rating: 0 })
  })

  it('an abort never counts against the provider', async () => {
    const { router } = await makeRouter({
      providers: [{ models: ['a'], answer: () => ({ text: 'half', hangs: true }) }],
    })
    for (let round = 0; round < 5; round += 1) {
      const answer = await router.chat(hello)
      for await (const part of answer.parts) if (part.type === 'text-delta') break
    }
    expect(await router.health.list()).not.toContainEqual(
      expect.objectContaining({ status: 'down' }),
    )
  })

  it('closing ends what is in flight and refuses what comes after', async () => {
    const { router, store } = await makeRouter({
      providers: [{ models: ['a'], answer: () => ({ text: 'half', hangs: true }) }],
    })
    const answer = await router.chat(hello)
    const reading = read(answer)
    const closing = router.close()

    expect((await reading).at(-1)).toMatchObject({ type: 'error' })
    await closing
    await expect(router.chat(hello)).rejects.toMatchObject({ code: 'closed' })
    await expect(store.providers.list()).rejects.toMatchObject({ code: 'store-unavailable' })
  })
})
