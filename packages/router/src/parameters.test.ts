import type { WarningPart } from '@imrs/core'
import { ConfigError } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import type { FakeCall, FakeProviderOptions } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read } from './__fixtures__/make-router.ts'
import type { TestRouter } from './__fixtures__/make-router.ts'
import type { Answer } from './router.ts'

const claude: FakeProviderOptions = {
  id: 'claude',
  providerType: 'anthropic',
  models: [{ externalId: 'claude-sonnet-4-5', displayName: 'Claude', maxOutputTokens: 100 }],
}
const gpt: FakeProviderOptions = {
  id: 'gpt',
  providerType: 'openai',
  models: [{ externalId: 'gpt-4o', displayName: 'GPT-4o' }],
}
const CLAUDE = 'claude/claude-sonnet-4-5'
const GPT = 'gpt/gpt-4o'

function lastCall({ providers }: TestRouter): FakeCall {
  const call = providers.flatMap(({ calls }) => calls).at(-1)
  if (call === undefined) throw new Error('No call was made')
  return call
}

async function warningsOf(answer: Answer): Promise<readonly WarningPart[]> {
  return partsOf(await read(answer), 'warning')
}

describe('a parameter of a request', () => {
  it('is given to a model that takes it, and no warning is', async () => {
    const made = await makeRouter({ providers: [claude, gpt] })
    const answer = await made.router.chat({ ...hello, model: GPT, temperature: 1.5, seed: 7 })
    expect(await warningsOf(answer)).toEqual([])
    expect(lastCall(made)).toMatchObject({ temperature: 1.5, seed: 7 })
  })

  it('is left out for one that does not, and the answer says so before its text', async () => {
    const made = await makeRouter({ providers: [claude, gpt] })
    const request = { ...hello, model: CLAUDE, temperature: 1.5, maxOutputTokens: 200 }
    const parts = await read(await made.router.chat(request))
    expect(partsOf(parts, 'warning')).toEqual([
      {
        type: 'warning',
        code: 'parameter-dropped',
        message: 'Claude gives at most 100 tokens. "maxOutputTokens" was lowered to that.',
      },
      {
        type: 'warning',
        code: 'parameter-dropped',
        message: 'Claude takes a temperature of at most 1. "temperature" was left out.',
      },
    ])
    const types = parts.map(({ type }) => type)
    expect(types.lastIndexOf('warning')).toBeLessThan(types.indexOf('text-delta'))
    expect(lastCall(made)).toMatchObject({ maxOutputTokens: 100 })
    expect(lastCall(made).temperature).toBeUndefined()
  })

  it('refuses an explicit choice that does not take it, before any call', async () => {
    const { router, providers } = await makeRouter({ providers: [claude, gpt] })
    const request = { ...hello, model: CLAUDE, unsupportedParameters: 'refuse' } as const
    await expect(router.chat({ ...request, temperature: 1.5 })).rejects.toMatchObject({
      code: 'unsupported-parameter',
      field: 'temperature',
      message:
        'Claude takes a temperature of at most 1. Leave "temperature" out, or choose "auto".',
    })
    await expect(router.chat({ ...request, seed: 1 })).rejects.toMatchObject({
      code: 'unsupported-parameter',
      field: 'seed',
      message:
        'Claude takes no seed. It takes maxOutputTokens (at most 100), temperature (at most 1), ' +
        'topP (at most 1), stop and reasoningEffort. Leave "seed" out, or choose "auto".',
    })
    expect(providers.flatMap(({ calls }) => calls)).toEqual([])
    const taken = await router.chat({ ...request, temperature: 1 })
    expect(taken.decision.modelId).toBe(CLAUDE)
  })

  it('makes models that do not take it no candidates of Auto, when they are to be refused', async () => {
    const { router } = await makeRouter({
      providers: [claude, gpt],
      unsupportedParameters: 'refuse',
    })
    const request = { ...hello, model: 'auto', seed: 7 }
    const decision = await router.decide(request)
    expect(decision.candidates.map(({ modelId }) => modelId)).toEqual([GPT])
    expect(decision.exclusions.counts).toEqual({ 'unsupported-parameter': 1 })
    const dropping = await router.decide({ ...request, unsupportedParameters: 'drop' })
    expect(dropping.candidateCount).toBe(2)
    await expect(
      router.decide({
        ...request,
        topP: 0.5,
        maxOutputTokens: 10,
        stop: ['1', '2', '3', '4', '5'],
      }),
    ).rejects.toMatchObject({
      code: 'no-candidate',
      message: 'No model can answer: 2 without a parameter the request insists on.',
    })
  })

  it('never lets a model stand in that does not take it, when they are to be refused', async () => {
    const down = { answer: () => ({ failure: { kind: 'unavailable', message: 'Down.' } as const }) }
    const made = await makeRouter({
      providers: [claude, { ...gpt, ...down }],
      defaultModel: CLAUDE,
    })
    const request = { ...hello, model: GPT, seed: 7 }
    const refusing = await made.router.chat({ ...request, unsupportedParameters: 'refuse' })
    await expect(refusing.text()).rejects.toThrow()
    expect(made.providers[0]?.calls).toEqual([])
    expect(await (await made.router.chat(request)).text()).toBe('claude-sonnet-4-5')
  })

  it('is one that the router knows how to treat', async () => {
    const options = { unsupportedParameters: 'ignore' as 'drop' }
    await expect(makeRouter(options)).rejects.toThrow(ConfigError)
    await expect(makeRouter(options)).rejects.toThrow(
      '`unsupportedParameters` must be "drop" or "refuse", got "ignore"',
    )
  })
})

describe('defaults', () => {
  it('count in the next request of this process, and the request over them', async () => {
    const made = await makeRouter({ providers: [claude, gpt] })
    const { router } = made
    const ask = async (request = {}): Promise<FakeCall> => {
      await (await router.chat({ ...hello, agentId: 'mascot', model: GPT, ...request })).text()
      return lastCall(made)
    }
    expect((await ask()).temperature).toBeUndefined()
    await router.parameters.set({ modelId: GPT, parameters: { temperature: 0.1, seed: 1 } })
    expect(await ask()).toMatchObject({ temperature: 0.1, seed: 1 })
    await router.parameters.set({ agentId: 'mascot', parameters: { temperature: 0.2 } })
    expect(await ask()).toMatchObject({ temperature: 0.2, seed: 1 })
    await router.parameters.set({
      agentId: 'mascot',
      modelId: GPT,
      parameters: { temperature: 0.3 },
    })
    expect(await ask({ topP: 1 })).toMatchObject({ temperature: 0.3, seed: 1, topP: 1 })
    expect((await ask({ temperature: 2 })).temperature).toBe(2)
    expect((await ask({ agentId: 'other' })).temperature).toBe(0.1)
    expect((await ask({ tenantId: 'other' })).temperature).toBeUndefined()
    await router.parameters.remove({ agentId: 'mascot', modelId: GPT })
    expect((await ask()).temperature).toBe(0.2)
  })

  it('that a model does not take are left out without a word', async () => {
    const made = await makeRouter({ providers: [claude, gpt] })
    await made.router.parameters.set({ agentId: 'mascot', parameters: { temperature: 1.5 } })
    const request = { ...hello, agentId: 'mascot', unsupportedParameters: 'refuse' } as const
    expect(await warningsOf(await made.router.chat({ ...request, model: CLAUDE }))).toEqual([])
    expect(lastCall(made).temperature).toBeUndefined()
    await (await made.router.chat({ ...request, model: GPT })).text()
    expect(lastCall(made).temperature).toBe(1.5)
  })

  it('set in another process count within a second of the next request', async () => {
    const inner = memoryStore()
    const store = { ...inner, close: async () => undefined }
    const one = await makeRouter({ providers: [gpt], store })
    const other = await makeRouter({ providers: [gpt], store, runtime: one.runtime })
    const ask = async (): Promise<FakeCall> => {
      await (await other.router.chat({ ...hello, model: GPT })).text()
      return lastCall(other)
    }
    expect((await ask()).seed).toBeUndefined()
    await one.router.parameters.set({ modelId: GPT, parameters: { seed: 5 } })
    await one.runtime.advance(1000)
    await ask()
    await one.runtime.advance(0)
    expect((await ask()).seed).toBe(5)
  })

  it('are held against what the model takes, and refused by the name of the field', async () => {
    const { router } = await makeRouter({ providers: [claude, gpt] })
    const set = (parameters: object, reference: object = { modelId: CLAUDE }): Promise<unknown> =>
      router.parameters.set({ ...reference, parameters })
    const refusals: [Promise<unknown>, string, string][] = [
      [set({ temperature: 1.5 }), 'unsupported-parameter', 'parameters.temperature'],
      [set({ seed: 1 }), 'unsupported-parameter', 'parameters.seed'],
      [set({ maxOutputTokens: 101 }), 'unsupported-parameter', 'parameters.maxOutputTokens'],
      [set({ temperature: 1, topP: 1 }), 'unsupported-parameter', 'parameters.topP'],
      [set({ temperature: 3 }), 'invalid-request', 'parameters.temperature'],
      [set({ heat: 1 }), 'invalid-request', 'parameters'],
      [set({}), 'invalid-request', 'parameters'],
      [set({ seed: undefined }), 'invalid-request', 'parameters'],
      [set({ topP: 1 }, {}), 'invalid-request', 'modelId'],
      [set({ topP: 1 }, { modelId: '' }), 'invalid-request', 'modelId'],
      [set({ topP: 1 }, { agentId: '' }), 'invalid-request', 'agentId'],
      [set({ topP: 1 }, { modelId: 'claude/none' }), 'unknown-model', 'model'],
      [
        set({ providerOptions: { nobody: {} } }),
        'unknown-provider',
        'parameters.providerOptions.nobody',
      ],
      [set({ providerOptions: { gpt: {} } }), 'invalid-request', 'parameters.providerOptions.gpt'],
    ]
    for (const [promise, code, field] of refusals) {
      await expect(promise).rejects.toMatchObject({ code, field })
    }
    expect(await router.parameters.list()).toEqual([])
    await set({ temperature: 1, stop: ['x'], providerOptions: { claude: { a: 1 } } })
    await set({ temperature: 1.5, seed: 1, providerOptions: { gpt: {} } }, { agentId: 'a' })
    expect(await router.parameters.list()).toHaveLength(2)
  })

  it('are given back, listed, removed and in the audit', async () => {
    const { router, runtime } = await makeRouter({ providers: [claude, gpt] })
    const parameters = { temperature: 0.5 }
    const updatedAtMs = runtime.now()
    const ofModel = await router.parameters.set({ modelId: GPT, parameters, by: 'u9' })
    expect(ofModel).toEqual({
      tenantId: 'default',
      modelId: GPT,
      parameters,
      updatedBy: 'u9',
      updatedAtMs,
    })
    const ofAgent = await router.parameters.set({ agentId: 'a', parameters })
    await router.parameters.set({ agentId: 'b', parameters })
    expect(await router.parameters.get({ modelId: 'gpt-4o' })).toEqual(ofModel)
    expect(await router.parameters.get({ agentId: 'a' })).toEqual(ofAgent)
    expect(await router.parameters.get({ agentId: 'a', modelId: GPT })).toBeUndefined()
    expect(await router.parameters.list({ agentId: 'a' })).toEqual([ofModel, ofAgent])
    await expect(router.parameters.remove({ modelId: '', agentId: 'a' })).rejects.toMatchObject({
      code: 'invalid-request',
      field: 'modelId',
    })
    await router.parameters.remove({ agentId: 'a', by: 'u9' })
    await expect(router.parameters.remove({ agentId: 'a' })).rejects.toMatchObject({
      code: 'not-found',
      message: 'There are no defaults of agent "a".',
    })
    const audit = await router.audit.list({ tenantId: 'default' })
    expect(audit.map(({ action, subject, actor }) => [action, subject, actor])).toEqual([
      ['parameter-defaults-deleted', 'a/*', 'u9'],
      ['parameter-defaults-put', 'b/*', undefined],
      ['parameter-defaults-put', 'a/*', undefined],
      ['parameter-defaults-put', `*/${GPT}`, 'u9'],
    ])
  })

  it('of a model that nobody knows any more can be removed', async () => {
    const { router, store } = await makeRouter({ providers: [gpt] })
    const gone = { tenantId: 'default', modelId: 'gone/model', parameters: { seed: 1 } }
    await store.parameters.put({ ...gone, updatedAtMs: 0 })
    await router.parameters.remove({ modelId: 'gone/model' })
    expect(await router.parameters.list()).toEqual([])
  })
})

describe('what a model takes', () => {
  it('can be asked for', async () => {
    const { router } = await makeRouter({ providers: [claude, gpt] })
    const { parameters } = await router.parameters.supportOf('claude-sonnet-4-5')
    expect(parameters.seed).toEqual({ support: 'unsupported' })
    expect(parameters.temperature).toMatchObject({ support: 'supported', max: 1 })
    expect(parameters.maxOutputTokens).toEqual({ support: 'supported', max: 100 })
    await expect(router.parameters.supportOf('none')).rejects.toMatchObject({
      code: 'unknown-model',
    })
  })
})
