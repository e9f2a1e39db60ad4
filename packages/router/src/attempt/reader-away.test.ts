import { memorySecrets } from '@imrs/secrets'
import { createTestRuntime, fakeProvider, memoryStore } from '@imrs/testing/host'
import type { FakeProviderOptions } from '@imrs/testing/host'
import { describe, expect, it, onTestFinished } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from '../__fixtures__/make-router.ts'
import { createRouter } from '../create-router.ts'
import type { RouterOptions } from '../options.ts'

/** A router on one provider, and the signals that its calls were given. */
async function watched(
  provider: FakeProviderOptions,
  options: Pick<RouterOptions, 'timeouts'> = {},
) {
  const runtime = createTestRuntime()
  const { definition } = fakeProvider(provider)
  const signals: (AbortSignal | undefined)[] = []
  const { family } = definition
  const router = await createRouter({
    ...options,
    secrets: memorySecrets(),
    unconfiguredAgents: 'all',
    store: memoryStore(),
    runtime,
    providers: [
      {
        ...definition,
        family: {
          ...family,
          connect: (connection) => {
            const adapter = family.connect(connection)
            return {
              ...adapter,
              chat: (call, callOptions) => {
                signals.push(callOptions?.signal)
                return adapter.chat(call, callOptions)
              },
            }
          },
        },
      },
    ],
  })
  onTestFinished(() => router.close())
  return { router, runtime, signals }
}

describe('while the reader is away', () => {
  it('the total time ends the call upstream, and the next pull says so', async () => {
    const { router, runtime, signals } = await watched(
      { models: ['a'], answer: () => ({ text: ['one', 'two', 'three'], hangs: true }) },
      { timeouts: { totalMs: 5_000 } },
    )
    const { parts } = await router.chat(hello)
    const iterator = parts[Symbol.asyncIterator]()
    await iterator.next()
    expect((await iterator.next()).value).toMatchObject({ type: 'text-delta', text: 'one' })
    await runtime.advance(4_999)
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    await runtime.advance(1)
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
    expect(runtime.sleeping()).toBe(0)
    expect((await iterator.next()).value).toMatchObject({
      type: 'error',
      failureKind: 'timeout-total',
      received: { characters: 3 },
    })
    expect((await iterator.next()).done).toBe(true)
  })

  it('the model that takes over goes on to its first part, and no further', async () => {
    const began = Promise.withResolvers<void>()
    const { router, runtime } = await makeRouter({
      timeouts: { headersMs: 1_000, firstPartMs: 1_000, idleMs: 1_000 },
      providers: [
        {
          models: ['a', 'b'],
          answer: ({ externalId }) =>
            externalId === 'a'
              ? { failure: { kind: 'unavailable', message: 'Down.' } }
              : { text: ['b', '2', '3'], before: began.promise },
        },
      ],
    })
    const { parts } = await router.chat({ ...hello, model: 'auto' })
    const iterator = parts[Symbol.asyncIterator]()
    await iterator.next()
    expect((await iterator.next()).value).toMatchObject({ type: 'fallback', to: 'fake/b' })
    await runtime.advance(900)
    began.resolve()
    await runtime.advance(60_000)
    const rest = []
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      rest.push(next.value)
    }
    expect(textOfParts(rest)).toBe('b23')
    expect(rest.map(({ type }) => type)).toEqual(['text-delta', 'text-delta', 'text-delta', 'end'])
  })

  it('silence is the model’s only from the pull on', async () => {
    const { router, runtime } = await makeRouter({
      timeouts: { idleMs: 1_000 },
      providers: [{ models: ['a'], answer: () => ({ text: ['one'], hangs: true }) }],
    })
    const { parts } = await router.chat(hello)
    const iterator = parts[Symbol.asyncIterator]()
    await iterator.next()
    await iterator.next()
    await runtime.advance(60_000)
    const last = iterator.next()
    await runtime.advance(999)
    expect(runtime.sleeping()).toBeGreaterThan(0)
    await runtime.advance(1)
    expect((await last).value).toMatchObject({ type: 'error', failureKind: 'timeout-idle' })
    expect((await iterator.next()).done).toBe(true)
  })
})

describe('a fault of our own', () => {
  it('is what the reader gets, and nobody else suffers from it', async () => {
    const runtime = createTestRuntime()
    let isFaulty = false
    const faulty = {
      ...runtime,
      newId: (): string => {
        if (!isFaulty) return runtime.newId()
        isFaulty = false
        throw new RangeError('No ids are left.')
      },
    }
    let calls = 0
    const { router } = await makeRouter({
      runtime: faulty,
      providers: [
        {
          models: ['a', 'b'],
          answer: ({ externalId }) => {
            calls += 1
            if (calls > 1) return { text: externalId }
            // The next call, of the model that takes over, gets no id.
            isFaulty = true
            return { failure: { kind: 'unavailable', message: 'Down.' } }
          },
        },
      ],
    })
    const answer = await router.chat({ ...hello, model: 'auto' })
    await expect(read(answer)).rejects.toThrow('No ids are left.')
    expect([isFaulty, calls]).toEqual([false, 1])
    expect(runtime.sleeping()).toBe(0)
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(parts.at(-1)?.type).toBe('end')
  })

  it('while a part is read is the failure of that call: the next model answers', async () => {
    const runtime = createTestRuntime()
    const provider = fakeProvider({ models: ['a', 'b'] })
    const { family } = provider.definition
    const router = await createRouter({
      secrets: memorySecrets(),
      unconfiguredAgents: 'all',
      store: memoryStore(),
      runtime,
      providers: [
        {
          ...provider.definition,
          family: {
            ...family,
            connect: (connection) => {
              const adapter = family.connect(connection)
              return {
                ...adapter,
                async *chat(call, options) {
                  if (call.externalId === 'a') yield undefined as never
                  yield* adapter.chat(call, options)
                },
              }
            },
          },
        },
      ],
    })
    onTestFinished(() => router.close())
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(partsOf(parts, 'fallback')).toMatchObject([{ failureKind: 'unknown' }])
    expect(textOfParts(parts)).toBe('b')
    expect(parts.at(-1)?.type).toBe('end')
  })
})
