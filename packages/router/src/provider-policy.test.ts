import type { ProviderFailure } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from './__fixtures__/make-router.ts'

const down: ProviderFailure = { kind: 'unavailable', message: 'Down.' }

describe('the rate limit of a provider', () => {
  it('sends Auto to another one, and says how long when there is none', async () => {
    const { router, runtime, providers } = await makeRouter({
      providers: [
        { id: 'a-slow', models: ['m'], rateLimitRpm: 60, policy: { rateLimitBurst: 1 } },
        { id: 'b-free', models: ['n'] },
      ],
    })
    const ask = async (model: string) => read(await router.chat({ ...hello, model }))
    expect(textOfParts(await ask('auto'))).toBe('m')
    const second = await ask('auto')
    expect(textOfParts(second)).toBe('n')
    expect(partsOf(second, 'fallback')[0]?.failureKind).toBe('rate-limited')
    expect(partsOf(await ask('a-slow/m'), 'error')[0]).toMatchObject({
      code: 'rate-limited',
      // A minute and half a second for sixty of them: places may be used that much later.
      retryAfterMs: 1009,
    })
    expect(providers[0]?.calls).toHaveLength(1)
    await runtime.advance(1009)
    expect(textOfParts(await ask('a-slow/m'))).toBe('m')
  })
})

describe('the repetitions of a provider', () => {
  it('ask the same model again, with a wait that doubles, before anybody else', async () => {
    let failures = 2
    const { router, runtime, store } = await makeRouter({
      providers: [
        {
          models: ['a', 'b'],
          policy: { maxRetries: 2, backoffMs: 100 },
          answer: ({ externalId }) =>
            (failures -= 1) >= 0 ? { failure: down } : { text: externalId },
        },
      ],
    })
    const answer = await router.chat({ ...hello, model: 'auto' })
    const reading = read(answer)
    await runtime.advance(100)
    await runtime.advance(200)
    const parts = await reading
    expect(textOfParts(parts)).toBe('a')
    expect(partsOf(parts, 'fallback')).toEqual([])
    const key = { tenantId: 'default', messageId: answer.messageId }
    expect((await store.ledger.listAttempts(key)).map(({ outcome }) => outcome)).toEqual([
      'failed',
      'failed',
      'completed',
    ])
  })

  it.each([
    ['a failure that would come again', { kind: 'credentials', message: 'No.' }],
    ['a wait that is too long', { kind: 'rate-limited', message: 'Later.', retryAfterMs: 60_000 }],
  ] as const)('do not wait for %s', async (_name, failure) => {
    const { router, providers } = await makeRouter({
      providers: [{ models: ['a'], policy: { maxRetries: 5 }, answer: () => ({ failure }) }],
    })
    await read(await router.chat(hello))
    expect(providers[0]?.calls).toHaveLength(1)
  })

  it('never follow a part that was given out, and end with an abort', async () => {
    const { router, runtime, providers } = await makeRouter({
      providers: [
        {
          models: ['shows', 'fails'],
          policy: { maxRetries: 5 },
          answer: ({ externalId }) => ({
            text: externalId === 'shows' ? 'half' : '',
            failure: down,
          }),
        },
      ],
    })
    await read(await router.chat({ ...hello, model: 'fake/shows' }))
    expect(providers[0]?.calls).toHaveLength(1)

    const abort = new AbortController()
    const reading = router
      .chat({ ...hello, model: 'fake/fails' }, { signal: abort.signal })
      .then(read)
    await runtime.advance(1)
    abort.abort()
    expect((await reading).at(-1)).toMatchObject({ type: 'error', code: 'aborted' })
    expect(providers[0]?.calls).toHaveLength(2)
    expect(runtime.sleeping()).toBe(0)
  })
})
