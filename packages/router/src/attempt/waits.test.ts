import type { ProviderFailure } from '@imrs/core'
import type { FakeAnswer, FakeProviderOptions } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from '../__fixtures__/make-router.ts'

const down: ProviderFailure = { kind: 'unavailable', message: 'Down.' }
const limited: ProviderFailure = { kind: 'rate-limited', message: 'Later.', retryAfterMs: 700 }

/** Fails with these, one call each, and answers after. */
function failing(...failures: readonly ProviderFailure[]): FakeProviderOptions['answer'] {
  const left = [...failures]
  return ({ externalId }) => {
    const failure = left.shift()
    return failure === undefined ? { text: externalId } : { failure }
  }
}

describe('the last model there is', () => {
  it('is asked again, twice by default, after a back-off', async () => {
    const { router, runtime, providers, store } = await makeRouter({
      retries: {},
      providers: [{ models: ['a'], answer: failing(down, down) }],
    })
    const answer = await router.chat(hello)
    const reading = read(answer)
    await runtime.advance(500)
    await runtime.advance(1_000)
    const parts = await reading
    expect(textOfParts(parts)).toBe('a')
    expect(partsOf(parts, 'fallback')).toEqual([])
    expect(providers[0]?.calls).toHaveLength(3)
    const key = { tenantId: 'default', messageId: answer.messageId }
    expect((await store.ledger.listAttempts(key)).map(({ cause }) => cause)).toEqual([
      'first',
      'retry',
      'retry',
    ])
  })

  it('is waited for as long as it asks, within the bound', async () => {
    const { router, runtime, providers } = await makeRouter({
      retries: {},
      maxWaitMs: 1_000,
      // The breaker of a rate limit would hold the call back as well; this is about the wait.
      providers: [{ models: ['a'], answer: failing(limited) }],
    })
    const reading = router.chat(hello).then(read)
    await runtime.advance(699)
    expect(providers[0]?.calls).toHaveLength(1)
    await runtime.advance(400)
    expect(textOfParts(await reading)).toBe('a')
  })

  it('is not waited for when it asks for longer; the error says for how long', async () => {
    const { router, providers } = await makeRouter({
      retries: {},
      maxWaitMs: 600,
      providers: [{ models: ['a'], answer: failing(limited) }],
    })
    const [error] = partsOf(await read(await router.chat(hello)), 'error')
    expect(error).toMatchObject({ code: 'rate-limited', isRetryable: true, retryAfterMs: 700 })
    expect(error?.tried[0]?.retryAtMs).toBeGreaterThan(0)
    expect(providers[0]?.calls).toHaveLength(1)
  })

  it('is not asked again for what would come again', async () => {
    const { router, providers } = await makeRouter({
      retries: {},
      providers: [{ models: ['a'], answer: failing({ kind: 'credentials', message: 'No.' }) }],
    })
    await read(await router.chat(hello))
    expect(providers[0]?.calls).toHaveLength(1)
  })
})

describe('many at once for the only model, while it rests', () => {
  it('wait for what one of them finds out, and are answered as soon as it says something', async () => {
    const [start, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const script: FakeAnswer[] = [
      { failure: { ...limited, retryAfterMs: 100 } },
      { text: ['pro', 'be'], before: start.promise, between: end.promise },
    ]
    const { router, runtime, providers } = await makeRouter({
      maxWaitMs: 5_000,
      providers: [{ models: ['a'], answer: () => script.shift() ?? { text: 'fine' } }],
    })
    const abort = new AbortController()
    const first = router.chat(hello, { signal: abort.signal }).then(read)
    await runtime.advance(0)
    abort.abort()
    await first
    expect(providers[0]?.calls).toHaveLength(1)

    const reading = Array.from({ length: 10 }, () => router.chat(hello).then(read))
    await runtime.advance(99)
    expect(providers[0]?.calls).toHaveLength(1)
    await runtime.advance(2_000)
    expect(providers[0]?.calls).toHaveLength(2)
    // Its first part is enough; its end is not waited for.
    start.resolve()
    await runtime.advance(300)
    expect(providers[0]?.calls).toHaveLength(11)
    end.resolve()
    const answers = await Promise.all(reading)
    expect(answers.map(textOfParts).toSorted()).toEqual([
      ...Array.from({ length: 9 }, () => 'fine'),
      'probe',
    ])
    expect(answers.map((parts) => parts.at(-1)?.type)).toEqual(answers.map(() => 'end'))
    expect(providers[0]?.calls).toHaveLength(11)
    expect(runtime.sleeping()).toBe(0)
  })

  it('give up at the bound, when the one that is to find out says nothing', async () => {
    const script: FakeAnswer[] = [{ failure: { ...limited, retryAfterMs: 100 } }, { hangs: true }]
    const { router, runtime, providers } = await makeRouter({
      maxWaitMs: 5_000,
      timeouts: { headersMs: 20_000, firstPartMs: 20_000 },
      providers: [{ models: ['a'], answer: () => script.shift() ?? { text: 'fine' } }],
    })
    const first = router.chat(hello).then(read)
    await runtime.advance(200)
    expect(providers[0]?.calls).toHaveLength(2)
    const second = router.chat(hello).then(read)
    await runtime.advance(5_000)
    const [error] = partsOf(await second, 'error')
    expect(error).toMatchObject({ code: 'rate-limited', isRetryable: true })
    expect(error?.tried.every(({ wasCalled }) => !wasCalled)).toBe(true)
    expect(providers[0]?.calls).toHaveLength(2)
    await runtime.advance(15_000)
    expect((await first).at(-1)).toMatchObject({ type: 'error' })
  })
})

describe('an outage', () => {
  it('does not multiply a provider’s traffic', async () => {
    const { router, providers } = await makeRouter({
      retries: { lastModel: 0, budgetShare: 0.2, budgetPerSecond: 0 },
      breaker: { minimumCalls: 10_000 },
      providers: [{ models: ['a', 'b', 'c', 'd'], answer: () => ({ failure: down }) }],
    })
    for (let round = 0; round < 100; round += 1) {
      await read(await router.chat({ ...hello, model: 'auto' }))
    }
    // 100 first calls, and 0.2 repetitions earned by each.
    expect(providers[0]?.calls.length).toBeGreaterThanOrEqual(119)
    expect(providers[0]?.calls.length).toBeLessThanOrEqual(120)
  })
})

describe('leaving', () => {
  it('ends a back-off at once, and leaves no timer', async () => {
    const { router, runtime, providers } = await makeRouter({
      retries: {},
      providers: [{ models: ['a'], answer: () => ({ failure: down }) }],
    })
    const abort = new AbortController()
    const reading = router.chat(hello, { signal: abort.signal }).then(read)
    await runtime.advance(0)
    abort.abort()
    expect((await reading).at(-1)).toMatchObject({ type: 'error', code: 'aborted' })
    expect(providers[0]?.calls).toHaveLength(1)
    expect(runtime.sleeping()).toBe(0)
  })

  it('ends the call upstream although nobody waits for a part', async () => {
    const { router, providers } = await makeRouter({
      providers: [{ models: ['a'], answer: () => ({ text: ['one', 'two'], hangs: true }) }],
    })
    const abort = new AbortController()
    const { parts } = await router.chat(hello, { signal: abort.signal })
    const iterator = parts[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.next()
    expect(providers[0]?.calls[0]?.wasAborted).toBe(true)
    abort.abort()
    // The parts that came before the abort, and then its error.
    let last
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      last = next.value
    }
    expect(last).toMatchObject({ type: 'error', code: 'aborted' })
  })
})

describe('a reader that takes its time', () => {
  it('is not the model’s silence', async () => {
    const { router, runtime } = await makeRouter({
      timeouts: { idleMs: 1_000 },
      providers: [{ models: ['a'], answer: () => ({ text: ['one', 'two', 'three'] }) }],
    })
    const { parts } = await router.chat(hello)
    const types: string[] = []
    for await (const part of parts) {
      types.push(part.type)
      await runtime.advance(60_000)
    }
    expect(types).toEqual(['decision', 'text-delta', 'text-delta', 'text-delta', 'end'])
  })
})

describe('a clock that jumps', () => {
  it('moves no deadline and no breaker', async () => {
    const { runtime } = await makeRouter()
    let jumpMs = 0
    const jumping = { ...runtime, now: () => runtime.now() + jumpMs }
    const { router, providers } = await makeRouter({
      runtime: jumping,
      providers: [{ models: ['a'], answer: () => ({ failure: down }) }],
    })
    for (let round = 0; round < 5; round += 1) await read(await router.chat(hello))
    const calls = providers[0]?.calls.length
    for (const jump of [-3_600_000, 3_600_000]) {
      jumpMs = jump
      expect((await read(await router.chat(hello))).at(-1)).toMatchObject({ type: 'error' })
      expect(providers[0]?.calls).toHaveLength(calls ?? 0)
    }
    await runtime.advance(6_000)
    await read(await router.chat(hello))
    expect(providers[0]?.calls).toHaveLength((calls ?? 0) + 1)
  })
})
