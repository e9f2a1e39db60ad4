import type { RouterEvent, Store, Strategy } from '@imrs/core'
import { ConfigError, ImrsError } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { memoryStore } from '@imrs/testing/host'
import type { FakeModel } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from './__fixtures__/make-router.ts'

/** The reference store, with repositories that can be switched off. */
function fragileStore(): { readonly store: Store; readonly broken: Set<keyof Store> } {
  const store = memoryStore()
  const broken = new Set<keyof Store>()
  const fragile = new Proxy<Store>(store, {
    get: (target, name: keyof Store) => {
      const repository = target[name]
      if (typeof repository !== 'object') return repository
      return new Proxy(repository as object, {
        get: (inner, method) =>
          broken.has(name)
            ? () => Promise.reject(new ImrsError('store-unavailable', 'The store is down'))
            : Reflect.get(inner, method),
      })
    },
  })
  return { store: fragile, broken }
}

describe('when the store is down', () => {
  it('requests go on from the last snapshot, warned that they cannot be rated', async () => {
    const { store, broken } = fragileStore()
    const { router, runtime } = await makeRouter({ store })
    await read(await router.chat({ ...hello, model: 'auto' }))
    const failures: string[] = []
    router.on('internal-failed', (event) => failures.push(event.part))
    broken.add('changes').add('ledger').add('feedback').add('models').add('agentModels')

    await runtime.advance(5000)
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))

    expect(textOfParts(parts)).toBe('one')
    expect(partsOf(parts, 'warning')[0]?.code).toBe('record-failed')
    expect(parts.at(-1)?.type).toBe('end')
    expect(failures).toContain('ledger')
  })

  it('the preference is taken for unset, and the answer says so', async () => {
    const { store, broken } = fragileStore()
    const { router, runtime } = await makeRouter({ store, defaultModel: 'fake/two' })
    await router.preferences.set({ userId: 'u1', model: 'fake/one' })
    await read(await router.chat(hello))
    broken.add('preferences')
    await runtime.advance(5000)

    const parts = await read(await router.chat(hello))
    expect(partsOf(parts, 'warning')[0]?.code).toBe('preference-unavailable')
    expect(textOfParts(parts)).toBe('two')
  })
})

describe('when the secret store is down', () => {
  it('no call is made, and that is what is said', async () => {
    const secrets = memorySecrets({ locked: 'key' })
    const { router, providers } = await makeRouter({
      secrets,
      providers: [{ id: 'locked', models: ['a'], needsCredential: true }],
    })
    await secrets.close()
    for (const model of ['auto', 'locked/a']) {
      await expect(router.chat({ ...hello, model })).rejects.toMatchObject({
        code: 'secret-store-unavailable',
      })
    }
    expect(providers[0]?.calls).toEqual([])
  })

  it('and goes down between the decision and the call, the answer says so', async () => {
    const secrets = memorySecrets({ locked: 'key' })
    const { router, providers } = await makeRouter({
      secrets,
      providers: [{ id: 'locked', models: ['a'], needsCredential: true }],
    })
    const answer = await router.chat({ ...hello, model: 'auto' })
    await secrets.close()
    expect((await read(answer)).at(-1)).toMatchObject({
      type: 'error',
      code: 'secret-store-unavailable',
      isRetryable: true,
    })
    expect(providers[0]?.calls).toEqual([])
    expect(await router.health.list()).toMatchObject([{ status: 'healthy' }])
  })
})

describe('when deciding fails', () => {
  const broken: Strategy = {
    specVersion: 'v1',
    name: 'broken',
    version: '1',
    rank: () => {
      throw new TypeError('a bug')
    },
  }

  it('the default model answers', async () => {
    const { router } = await makeRouter({ strategy: broken, defaultModel: 'fake/two' })
    const events: RouterEvent[] = []
    router.on('internal-failed', (event) => events.push(event))
    const parts = await read(await router.chat({ ...hello, model: 'auto' }))
    expect(textOfParts(parts)).toBe('two')
    expect(partsOf(parts, 'decision')[0]?.source).toBe('fallback-default')
    expect(events).toMatchObject([{ part: 'decision', error: { message: 'a bug' } }])
  })

  it('the default model is checked as any other', async () => {
    const { router } = await makeRouter({ strategy: broken, defaultModel: 'fake/two' })
    await router.agents.enable({ models: ['fake/one'] })
    await expect(router.chat({ ...hello, model: 'auto' })).rejects.toMatchObject({
      code: 'model-not-allowed',
    })
  })
})

describe('a detector of the host’s', () => {
  it('is asked first and may fail', async () => {
    const failing = {
      specVersion: 'v1',
      name: 'failing',
      detect: () => Promise.reject(new Error('classifier is down')),
    } as const
    const knowing = {
      specVersion: 'v1',
      name: 'knowing',
      detect: () =>
        [{ type: 'poetry', source: 'detector', confidence: 'high', matches: 1 }] as const,
    } as const
    const { router } = await makeRouter({ detectors: [failing, knowing] })
    expect((await router.decide({ ...hello, model: 'auto' })).task.type).toBe('poetry')
  })
})

describe('starting', () => {
  it('is not kept back by a provider that is down or has no key', async () => {
    const { router } = await makeRouter({
      providers: [
        { id: 'dead', models: ['x'], listFailure: () => ({ kind: 'connect', message: 'refused' }) },
        { id: 'locked', models: ['y'], needsCredential: true },
        { id: 'good', models: ['z'] },
      ],
    })
    const { items } = await router.models.list()
    expect(items.map((model) => model.id)).toEqual(['good/z'])
  })

  it.each([
    [{ unconfiguredAgents: 'some' }, '`unconfiguredAgents`'],
    [{ timeouts: { idleMs: 0 } }, '`timeouts.idleMs`'],
    [{ startTimeoutMs: Number.NaN }, '`startTimeoutMs`'],
    [{ refreshEveryMs: 0 }, '`refreshEveryMs`'],
    [{ unsupportedParameters: 'keep' }, '`unsupportedParameters`'],
    [{ allowPrivateNetworks: 'false' }, '`allowPrivateNetworks`'],
    [{ allowUserKeys: 1 }, '`allowUserKeys`'],
    [{ shareExperience: null }, '`shareExperience`'],
    [{ storeContent: 'no' }, '`storeContent`'],
    [{ cacheTimes: { listMs: -1 } }, '`cacheTimes.listMs`'],
    [{ cacheTimes: { healthMs: Number.NaN } }, '`cacheTimes.healthMs`'],
    [{ costTierBounds: { low: 1, standard: '10' } }, '`costTierBounds.low`'],
    [{ costTierBounds: { low: '10', standard: '9.9' } }, '`costTierBounds.standard`'],
  ])('refuses %j by name', async (options, name) => {
    const made = makeRouter(options as object)
    await expect(made).rejects.toThrow(ConfigError)
    await expect(made).rejects.toThrow(name)
  })

  it('tells the catalogue where cost tiers end, and reads lists again as often as it was told', async () => {
    const pricing = { input: '4', output: '4' }
    const models: FakeModel[] = [{ externalId: 'one', pricing }]
    const { router, runtime } = await makeRouter({
      providers: [{ models }],
      refreshEveryMs: 60_000,
      costTierBounds: { low: '2', standard: '3' },
    })
    expect((await router.models.get('fake/one')).costTier).toBe('premium')
    models.push({ externalId: 'two', pricing })
    await runtime.advance(67_000)
    expect(await router.models.get('fake/two')).toMatchObject({ isAvailable: true })
  })

  it('refuses two providers with one id, and seeds of a provider that is not there', async () => {
    await expect(makeRouter({ providers: [{ models: ['a'] }, { models: ['b'] }] })).rejects.toThrow(
      'fake is there twice',
    )
    await expect(
      makeRouter({ models: [{ providerId: 'x', externalId: 'y', displayName: 'Z' }] }),
    ).rejects.toThrow('names provider x')
  })
})

describe('a request', () => {
  it.each([
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'user', content: 7 }] }, 'messages[0].content'],
    [{ messages: hello.messages, temperature: 9 }, 'temperature'],
    [{ messages: hello.messages, userId: '' }, 'userId'],
    [{ messages: hello.messages, tenantId: 'a\nb' }, 'tenantId'],
  ])('with %j wrong is refused by the field’s name', async (request, field) => {
    const { router } = await makeRouter()
    await expect(router.chat(request as never)).rejects.toMatchObject({
      code: 'invalid-request',
      field,
    })
  })
})
