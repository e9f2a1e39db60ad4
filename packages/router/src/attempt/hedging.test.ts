import { createTestRuntime } from '@imrs/testing/host'
import type { FakeAnswer } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from '../__fixtures__/make-router.ts'
import type { RouterOptions } from '../options.ts'

const auto = { ...hello, model: 'auto' }

async function makeHedged(
  answers: Readonly<Record<string, () => FakeAnswer>>,
  hedging: RouterOptions['hedging'] = { afterMs: 200 },
) {
  const models = Object.keys(answers).map((externalId) => ({
    externalId,
    pricing: { input: '1', output: '1' },
  }))
  return makeRouter({
    runtime: createTestRuntime(),
    hedging,
    providers: [{ models, answer: ({ externalId }) => answers[externalId]?.() ?? {} }],
  })
}

const never = new Promise(() => undefined)

describe('hedging', () => {
  it('starts the next model beside one that is slow, shows one of them, and cancels the other', async () => {
    const { router, runtime, providers, store } = await makeHedged({
      a: () => ({ before: never }),
      b: () => ({ text: 'b', usage: { inputTokens: 10, outputTokens: 1 } }),
    })
    const answer = await router.chat(auto)
    const reading = read(answer)
    await runtime.advance(199)
    expect(providers[0]?.calls).toHaveLength(1)
    await runtime.advance(1)
    const parts = await reading

    expect(textOfParts(parts)).toBe('b')
    expect(partsOf(parts, 'fallback')).toMatchObject([{ from: 'fake/a', to: 'fake/b' }])
    expect(partsOf(parts, 'fallback')[0]).not.toHaveProperty('failureKind')
    expect(providers[0]?.calls.map(({ wasAborted }) => wasAborted)).toEqual([true, false])
    const key = { tenantId: 'default', messageId: answer.messageId }
    expect(await store.ledger.listAttempts(key)).toMatchObject([
      { modelId: 'fake/a', cause: 'first', outcome: 'aborted', usageSource: 'estimate' },
      { modelId: 'fake/b', cause: 'hedge', outcome: 'completed', usageSource: 'provider' },
    ])
    // The prompt of the loser was sent: it is not free.
    expect((await store.ledger.listAttempts(key))[0]?.costNanoUsd).toBeGreaterThan(0)
  })

  it('leaves the first one to answer when it is the faster after all', async () => {
    const gate = Promise.withResolvers<void>()
    const { router, runtime, providers } = await makeHedged({
      a: () => ({ before: gate.promise, text: 'a' }),
      b: () => ({ before: never }),
    })
    const reading = router.chat(auto).then(read)
    await runtime.advance(200)
    expect(providers[0]?.calls).toHaveLength(2)
    gate.resolve()
    const parts = await reading
    expect(textOfParts(parts)).toBe('a')
    expect(partsOf(parts, 'fallback')).toEqual([])
    expect(providers[0]?.calls.map(({ wasAborted }) => wasAborted)).toEqual([false, true])
  })

  it('goes on with the other when one of the two fails', async () => {
    const gate = Promise.withResolvers<void>()
    const failure = { kind: 'overloaded', message: 'Busy.' } as const
    const { router, runtime } = await makeHedged({
      a: () => ({ failure, before: gate.promise }),
      b: () => ({ before: gate.promise, text: 'b' }),
    })
    const reading = router.chat(auto).then(read)
    await runtime.advance(200)
    gate.resolve()
    const parts = await reading
    expect(textOfParts(parts)).toBe('b')
    expect(partsOf(parts, 'fallback')).toMatchObject([{ from: 'fake/a', to: 'fake/b' }])
  })

  it('by default waits for the slowest twentieth of what the model needed, once that is known', async () => {
    let delay: Promise<unknown> | undefined
    const { router, runtime, providers } = await makeHedged(
      { a: () => ({ before: delay, text: 'a' }), b: () => ({ text: 'b' }) },
      {},
    )
    for (let round = 0; round < 20; round += 1) {
      delay = runtime.sleep(100)
      const reading = router.chat(auto).then(read)
      await runtime.advance(100)
      await reading
    }
    expect(providers[0]?.calls).toHaveLength(20)
    delay = never
    const reading = router.chat(auto).then(read)
    await runtime.advance(99)
    expect(providers[0]?.calls).toHaveLength(21)
    await runtime.advance(1)
    expect(textOfParts(await reading)).toBe('b')
  })

  it('is off by default', async () => {
    const { router, runtime, providers } = await makeRouter({
      providers: [
        {
          models: ['a', 'b'],
          answer: ({ externalId }) => (externalId === 'a' ? { before: never } : { text: 'b' }),
        },
      ],
    })
    const reading = router.chat(auto).then(read)
    await runtime.advance(59_999)
    expect(providers[0]?.calls).toHaveLength(1)
    await runtime.advance(1)
    await reading
  })
})
