import type { CostTier } from '@imrs/core'
import { ConfigError } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter } from './__fixtures__/make-router.ts'

const priced = (externalId: string, price: string) => ({
  externalId,
  pricing: { input: price, output: price },
})
const premium: CostTier = 'premium'

describe('models for some roles alone', () => {
  const options = {
    providers: [{ models: [priced('cheap', '1'), priced('dear', '100')] }],
    models: [],
    restrictions: [{ models: { costTier: premium }, roles: ['admin'] }],
  }

  it('are no candidates for others, and refused when they are asked for', async () => {
    const { router } = await makeRouter(options)
    const { decision } = await router.chat({ ...hello, model: 'auto', roles: ['guest'] })
    expect(decision.candidates.map(({ modelId }) => modelId)).toEqual(['fake/cheap'])
    expect(decision.exclusions.counts).toEqual({ role: 1 })
    await expect(router.chat({ ...hello, model: 'fake/dear' })).rejects.toMatchObject({
      code: 'model-not-allowed',
    })
  })

  it('can be used by who has one of the roles', async () => {
    const { router } = await makeRouter(options)
    const roles = ['guest', 'admin']
    const { decision } = await router.chat({ ...hello, model: 'auto', roles })
    expect(decision.candidateCount).toBe(2)
    const chosen = await router.chat({ ...hello, model: 'fake/dear', roles })
    expect(chosen.decision.modelId).toBe('fake/dear')
  })

  it('never stand in for another, not even as the default model', async () => {
    const { router, providers } = await makeRouter({
      ...options,
      providers: [
        {
          models: [priced('cheap', '1'), priced('dear', '100')],
          answer: () => ({ failure: { kind: 'unavailable', message: 'Down.' } }),
        },
      ],
      defaultModel: 'fake/dear',
    })
    const answer = await router.chat({ ...hello, model: 'fake/cheap' })
    await expect(answer.text()).rejects.toThrow()
    expect(providers[0]?.calls.map((call) => call.externalId)).toEqual(['cheap'])
  })

  it('are described completely, or refused by name', async () => {
    const wrong = { ...options, restrictions: [{ models: {}, roles: ['admin'] }] }
    await expect(makeRouter(wrong)).rejects.toThrow(ConfigError)
    await expect(makeRouter(wrong)).rejects.toThrow('restrictions[0].models')
  })
})

describe('the capsule of an agent', () => {
  it('restricts together with what the request allows', async () => {
    const { router } = await makeRouter({
      providers: [{ models: ['a', 'b', 'c'] }],
      capsuleOf: async ({ agentId }) =>
        agentId === 'bound' ? { allowedModels: ['fake/a', 'fake/b'] } : undefined,
    })
    const candidates = async (agentId: string, allowedModels?: string[]) =>
      (await router.decide({ ...hello, model: 'auto', agentId, allowedModels })).candidates.map(
        ({ modelId }) => modelId,
      )
    expect(await candidates('free')).toEqual(['fake/a', 'fake/b', 'fake/c'])
    expect(await candidates('bound')).toEqual(['fake/a', 'fake/b'])
    expect(await candidates('bound', ['fake/b', 'fake/c'])).toEqual(['fake/b'])
    await expect(candidates('bound', ['fake/c'])).rejects.toMatchObject({ code: 'no-candidate' })
  })

  it('with an empty list allows none, and one that cannot be read refuses', async () => {
    const { router } = await makeRouter({ capsuleOf: () => ({ allowedModels: [] }) })
    await expect(router.chat({ ...hello, model: 'auto' })).rejects.toMatchObject({
      code: 'no-candidate',
    })
    const broken = await makeRouter({
      capsuleOf: () => Promise.reject(new Error('the policy store is down')),
    })
    await expect(broken.router.chat(hello)).rejects.toThrow('the policy store is down')
  })
})
