import type { ProviderFailure } from '@imrs/core'
import { memorySecrets } from '@imrs/secrets'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read, textOfParts } from './__fixtures__/make-router.ts'

const down: ProviderFailure = { kind: 'unavailable', message: 'It is down.' }

describe('who is asked', () => {
  it.each([
    { model: 'fake/two', provider: undefined },
    { model: 'two', provider: 'fake' },
    { model: 'two', provider: undefined },
    { model: 'zwei', provider: undefined },
  ])('$model ($provider) is fake/two', async ({ model, provider }) => {
    const { router } = await makeRouter({
      models: [{ providerId: 'fake', externalId: 'two', displayName: 'Two', aliases: ['zwei'] }],
    })
    const parts = await read(await router.chat({ ...hello, model, provider }))
    expect(textOfParts(parts)).toBe('two')
    expect(partsOf(parts, 'decision')[0]?.source).toBe('explicit')
  })

  it('is the stored choice, else the default model, else the router’s', async () => {
    const { router } = await makeRouter({ defaultModel: 'fake/two' })
    const source = async (userId: string) => {
      const [decision] = partsOf(await read(await router.chat({ ...hello, userId })), 'decision')
      return [decision?.source, decision?.model]
    }
    expect(await source('nobody')).toEqual(['default', 'fake/two'])

    await router.preferences.set({ userId: 'chooser', model: 'one', provider: 'fake' })
    expect(await source('chooser')).toEqual(['preference', 'fake/one'])

    await router.preferences.set({ userId: 'chooser', model: 'auto' })
    expect(await source('chooser')).toEqual(['auto', 'fake/one'])
  })

  it('is one user’s business alone', async () => {
    const { router } = await makeRouter({ defaultModel: 'fake/one' })
    await router.preferences.set({ userId: 'u1', model: 'fake/two' })
    expect(await router.preferences.get({ userId: 'u2' })).toBeUndefined()
    expect(await router.preferences.get({ userId: 'u1', tenantId: 'other' })).toBeUndefined()
  })
})

describe('refusals, before any call', () => {
  it.each([
    [{ model: 'nope' }, 'unknown-model', 'fake/one'],
    [{ model: 'one', provider: 'nobody' }, 'unknown-provider', 'fake'],
    [{ model: 'other', provider: 'fake' }, 'model-provider-mismatch', 'fake/one'],
    [{ provider: 'fake' }, 'invalid-request', 'provider'],
    [{ model: 'auto', provider: 'fake' }, 'invalid-request', 'auto'],
  ])('%j is %s and names %s', async (choice, code, named) => {
    const { router, providers } = await makeRouter({
      providers: [{ models: ['one', 'two'] }, { id: 'second', models: ['other'] }],
    })
    const refused = router.chat({ ...hello, ...choice })
    await expect(refused).rejects.toMatchObject({ code })
    await expect(refused).rejects.toThrow(named)
    expect(providers.flatMap(({ calls }) => calls)).toEqual([])
  })

  it('a capability the model lacks', async () => {
    const { router } = await makeRouter({ defaultModel: 'fake/two' })
    const image = { type: 'file', mediaType: 'image/png', data: 'aGVsbG8=' } as const
    await expect(
      router.chat({ messages: [{ role: 'user', content: [image] }], model: 'fake/one' }),
    ).rejects.toMatchObject({ code: 'missing-capability', field: 'model' })
  })

  it('a context the request does not fit in', async () => {
    const { router } = await makeRouter({
      providers: [{ models: [{ externalId: 'small', contextLength: 10 }] }],
    })
    await expect(
      router.chat({ messages: [{ role: 'user', content: 'word '.repeat(100) }], model: 'small' }),
    ).rejects.toMatchObject({ code: 'context-too-long' })
  })

  it('a missing key, saying what to do and never a value', async () => {
    const { router } = await makeRouter({
      providers: [{ id: 'locked', models: ['one'], needsCredential: true }],
      models: [{ providerId: 'locked', externalId: 'one', displayName: 'One' }],
    })
    await expect(router.chat({ ...hello, model: 'locked/one' })).rejects.toMatchObject({
      code: 'missing-credential',
    })
  })

  it('a model the agent may not use: not enabled, not allowed, vetoed', async () => {
    const { router } = await makeRouter({
      authorize: ({ model }) => model.externalId !== 'vetoed',
      providers: [{ models: ['enabled', 'disabled', 'vetoed'] }],
    })
    await router.agents.enable({ models: ['fake/enabled', 'fake/vetoed'] })
    const ask = (model: string, allowedModels?: string[]) =>
      router.chat({ ...hello, model, allowedModels })
    const refusal = { code: 'model-not-allowed' }
    await expect(ask('fake/disabled')).rejects.toMatchObject(refusal)
    await expect(ask('fake/vetoed')).rejects.toMatchObject(refusal)
    await expect(ask('fake/enabled', ['fake/other'])).rejects.toMatchObject(refusal)
    await expect(ask('fake/enabled', ['fake/enabled'])).resolves.toMatchObject({
      decision: { modelId: 'fake/enabled' },
    })
  })
})

describe('the path of an explicit choice', () => {
  const retired = {
    providerId: 'fake',
    externalId: 'old',
    displayName: 'Old',
    retired: { atMs: 1, successorId: 'fake/new' },
  }

  it('goes from a retired model to the last valid one and says so', async () => {
    const { router } = await makeRouter({ models: [retired], defaultModel: 'fake/one' })
    await read(await router.chat({ ...hello, model: 'fake/two' }))

    const parts = await read(await router.chat({ ...hello, model: 'fake/old' }))

    expect(textOfParts(parts)).toBe('two')
    const [fallback] = partsOf(parts, 'fallback')
    expect(fallback).toMatchObject({ from: 'fake/old', to: 'fake/two', step: 'last-valid' })
    expect(fallback?.reason).toContain('successor is fake/new')
  })

  it('goes on to the default model when there is no last valid one', async () => {
    const { router } = await makeRouter({ models: [retired], defaultModel: 'fake/one' })
    const parts = await read(await router.chat({ ...hello, model: 'fake/old' }))
    expect(partsOf(parts, 'fallback')[0]).toMatchObject({ to: 'fake/one', step: 'default' })
  })

  it('ends in a friendly error when there is nothing to stand in', async () => {
    const { router } = await makeRouter({ models: [retired] })
    await expect(router.chat({ ...hello, model: 'fake/old' })).rejects.toMatchObject({
      code: 'model-unavailable',
    })
  })

  it('follows an automatic migration, of a stored choice too', async () => {
    const { router, store } = await makeRouter({ defaultModel: 'fake/one' })
    await store.preferences.putSelection(
      { tenantId: 'default', userId: 'u1' },
      { modelId: 'fake/gone', atMs: 1 },
    )
    const migration = { name: 'fake/gone', modelId: 'fake/two', reason: 'renamed' } as const
    await store.models.putAlias({ ...migration, isAutomatic: true, createdAtMs: 1 })

    const parts = await read(await router.chat(hello))

    expect(partsOf(parts, 'fallback')[0]).toMatchObject({ from: 'fake/gone', step: 'migration' })
    expect(textOfParts(parts)).toBe('two')
  })

  it('falls back from a stored choice that vanished', async () => {
    const { router, store } = await makeRouter({ defaultModel: 'fake/one' })
    await store.preferences.putSelection(
      { tenantId: 'default', userId: 'u1' },
      { modelId: 'fake/gone', atMs: 1 },
    )
    const parts = await read(await router.chat(hello))
    expect(partsOf(parts, 'fallback')[0]).toMatchObject({ from: 'fake/gone', to: 'fake/one' })
  })

  it('takes over when the chosen model fails before its first part, never along the ranking', async () => {
    const { router } = await makeRouter({
      defaultModel: 'fake/c',
      providers: [
        {
          models: ['a', 'b', 'c'],
          answer: ({ externalId }) => (externalId === 'c' ? { text: 'c' } : { failure: down }),
        },
      ],
    })
    const parts = await read(await router.chat({ ...hello, model: 'fake/b' }))
    expect(partsOf(parts, 'fallback')).toMatchObject([{ from: 'fake/b', to: 'fake/c' }])
  })

  it('never leads to a model the agent may not use', async () => {
    const { router, providers } = await makeRouter({
      defaultModel: 'fake/two',
      providers: [{ models: ['one', 'two'], answer: () => ({ failure: down }) }],
    })
    await router.agents.enable({ models: ['fake/one'] })
    const parts = await read(await router.chat({ ...hello, model: 'fake/one' }))
    expect(partsOf(parts, 'error')).toHaveLength(1)
    expect(providers[0]?.calls.map((call) => call.externalId)).toEqual(['one'])
  })

  it('remembers a choice as valid only after it answered', async () => {
    const { router, store } = await makeRouter({
      providers: [
        {
          models: ['good', 'bad'],
          answer: ({ externalId }) => (externalId === 'good' ? { text: 'x' } : { failure: down }),
        },
      ],
    })
    const lastValid = async () =>
      (await store.preferences.get({ tenantId: 'default', userId: 'u1' }))?.lastValid?.modelId
    await read(await router.chat({ ...hello, model: 'fake/bad' }))
    expect(await lastValid()).toBeUndefined()
    await read(await router.chat({ ...hello, model: 'fake/good' }))
    expect(await lastValid()).toBe('fake/good')
  })
})

describe('a running answer', () => {
  it('stays on its model while the user switches; the next one uses the new', async () => {
    const gate = Promise.withResolvers<void>()
    const { router } = await makeRouter({
      providers: [
        {
          models: ['a', 'b'],
          answer: ({ externalId }) => ({ text: [externalId, externalId], between: gate.promise }),
        },
      ],
    })
    await router.preferences.set({ userId: 'u1', model: 'fake/a' })
    const running = read(await router.chat(hello))
    await router.preferences.set({ userId: 'u1', model: 'fake/b' })
    gate.resolve()
    const next = await read(await router.chat(hello))

    expect(textOfParts(await running)).toBe('aa')
    expect(textOfParts(next)).toBe('bb')
  })
})

describe('keys', () => {
  it('that are exchanged are used from the next call on', async () => {
    const secrets = memorySecrets({ locked: 'the-old-key' })
    const { router, providers } = await makeRouter({
      secrets,
      providers: [{ id: 'locked', models: ['a'], needsCredential: true }],
    })
    await read(await router.chat(hello))
    await secrets.write({ providerId: 'locked', path: 'secret/llm/locked' }, 'the-new-key')
    await read(await router.chat(hello))
    expect(providers[0]?.calls.map(({ credential }) => credential)).toEqual([
      'the-old-key',
      'the-new-key',
    ])
  })

  it('a model without a key is no candidate of Auto', async () => {
    const { router } = await makeRouter({
      secrets: memorySecrets(),
      providers: [
        { id: 'locked', models: ['a'], needsCredential: true },
        { id: 'open', models: ['b'] },
      ],
      models: [{ providerId: 'locked', externalId: 'a', displayName: 'A', priority: 100 }],
    })
    const answer = await router.chat({ ...hello, model: 'auto' })
    expect(answer.decision.modelId).toBe('open/b')
    expect(answer.decision.exclusions.counts).toEqual({ 'missing-credential': 1 })
  })
})
