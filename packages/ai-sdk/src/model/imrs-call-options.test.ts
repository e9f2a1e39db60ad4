import { InvalidArgumentError } from '@ai-sdk/provider'
import { ConfigError } from '@imrs/core'
import { generateText } from 'ai'
import { describe, expect, it } from 'vitest'

import { MAIN, SPARE, lastBody, simulatedRouter } from '../__fixtures__/simulated-router.ts'
import { createImrs } from './create-imrs.ts'
import { resolveCallOptions } from './imrs-call-options.ts'
import type { ImrsCallOptions } from './imrs-call-options.ts'
import { imrsMetadataOf } from './imrs-metadata.ts'

const call = (options: object) => ({ imrs: options }) as never

describe('the options of a call', () => {
  it('win over the defaults', () => {
    const defaults: ImrsCallOptions = { userId: 'u1', agentId: 'mascot', roles: ['admin'] }
    expect(resolveCallOptions(defaults, call({ userId: 'u2', roles: [] }))).toEqual({
      userId: 'u2',
      agentId: 'mascot',
      roles: [],
    })
    expect(resolveCallOptions(defaults, call({ userId: undefined }))).toEqual(defaults)
    expect(resolveCallOptions(defaults, { openai: { user: 'x' } })).toEqual(defaults)
    expect(resolveCallOptions(defaults, undefined)).toEqual(defaults)
  })

  it('narrow what is allowed, and never widen it', () => {
    const allowed = (defaults?: readonly string[], given?: readonly string[]) =>
      resolveCallOptions(
        { allowedModels: defaults },
        given === undefined ? undefined : call({ allowedModels: given }),
      ).allowedModels
    expect(allowed(['a', 'b'], ['b', 'c'])).toEqual(['b'])
    expect(allowed(['a'], [])).toEqual([])
    expect(allowed([], ['a'])).toEqual([])
    expect(allowed(undefined, ['a'])).toEqual(['a'])
    expect(allowed(['a'])).toEqual(['a'])
  })

  it('cannot name another tenant than the defaults', () => {
    expect(() => resolveCallOptions({ tenantId: 'a' }, call({ tenantId: 'b' }))).toThrow(
      /`providerOptions\.imrs\.tenantId`: cannot be changed/,
    )
    expect(resolveCallOptions({ tenantId: 'a' }, call({ tenantId: 'a' })).tenantId).toBe('a')
    expect(resolveCallOptions({}, call({ tenantId: 'b' })).tenantId).toBe('b')
  })

  it.each([
    [{ userID: 'u1' }, 'providerOptions.imrs'],
    [{ userId: '' }, 'providerOptions.imrs.userId'],
    [{ userId: 'u'.repeat(129) }, 'providerOptions.imrs.userId'],
    [{ roles: 'admin' }, 'providerOptions.imrs.roles'],
    [{ costQuality: 1.1 }, 'providerOptions.imrs.costQuality'],
    [{ allowedModels: [1] }, 'providerOptions.imrs.allowedModels.0'],
    [{ unsupportedParameters: 'ignore' }, 'providerOptions.imrs.unsupportedParameters'],
    [{ providerOptions: { openai: 'fast' } }, 'providerOptions.imrs.providerOptions.openai'],
    ['u1', 'providerOptions.imrs'],
  ])('are refused when they are wrong: %j', (options, argument) => {
    let thrown: unknown
    try {
      resolveCallOptions({}, { imrs: options as never })
    } catch (error) {
      thrown = error
    }
    expect(InvalidArgumentError.isInstance(thrown)).toBe(true)
    expect(thrown).toMatchObject({ argument })
  })
})

describe('over a router', () => {
  it('are those of the request', async () => {
    const { simulator, router, imrs } = await simulatedRouter()
    const { providerMetadata, response } = await generateText({
      model: imrs('auto'),
      prompt: 'Hello',
      providerOptions: {
        imrs: {
          agentId: 'mascot',
          userId: 'u7',
          conversationId: 'c1',
          allowedModels: [SPARE],
          costQuality: 0.3,
          providerOptions: { openai: { frequency_penalty: 0.5 } },
        },
      },
    })
    expect(response.modelId).toBe(SPARE)
    expect(lastBody(simulator)).toMatchObject({ frequency_penalty: 0.5 })
    const { decision, message } = await router.explain(
      imrsMetadataOf(providerMetadata)?.decisionId ?? '',
    )
    expect(decision).toMatchObject({
      agentId: 'mascot',
      userId: 'u7',
      // The router's strategy, `weighted`, has no dial.
      ignoredCostQuality: 0.3,
    })
    expect(message).toMatchObject({ conversationId: 'c1' })
  })

  it('are refused before anything is asked', async () => {
    const { simulator, imrs } = await simulatedRouter()
    await expect(
      generateText({
        model: imrs('auto'),
        prompt: 'Hello',
        providerOptions: { imrs: { user: 'u7' } },
      }),
    ).rejects.toThrow(InvalidArgumentError)
    expect(simulator.calls.filter(({ operation }) => operation === 'chat')).toEqual([])
  })

  it('may insist on a parameter', async () => {
    const { router } = await simulatedRouter()
    await router.models.edit(MAIN, { set: { maxOutputTokens: 10 } })
    const imrs = createImrs({ router, unsupportedParameters: 'refuse' })
    await expect(
      generateText({ model: imrs(MAIN), prompt: 'Hello', maxOutputTokens: 1000 }),
    ).rejects.toMatchObject({ statusCode: 400, data: { code: 'unsupported-parameter' } })
  })

  it('are checked when they are defaults, too', async () => {
    const { router } = await simulatedRouter()
    expect(() => createImrs({ router, userId: '' })).toThrow(ConfigError)
    expect(() => createImrs({ router, userId: '' })).toThrow('`createImrs.userId`')
  })
})
