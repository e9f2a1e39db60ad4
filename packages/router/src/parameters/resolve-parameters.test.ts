import { MODEL_PARAMETERS, REASONING_EFFORTS, parameterSupportOf } from '@imrs/core'
import type { Model, ModelParameters, ProviderType } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { aModel, aProvider } from '../__fixtures__/sample-model.ts'
import { problemOf } from './parameter-problem.ts'
import { buildParameterProfiles } from './parameter-profile.ts'
import type { ParameterProfile } from './parameter-profile.ts'
import { parameterWarnings } from './parameter-warnings.ts'
import { willReason } from './reasoning-effort.ts'
import { refusedParameter } from './refused-parameter.ts'
import { resolveParameters } from './resolve-parameters.ts'
import type { ResolvedParameters } from './resolve-parameters.ts'

interface Case {
  readonly model: Model
  readonly providerType: ProviderType
  readonly defaults?: ModelParameters
}

function profileFor({ model, providerType, defaults }: Case): ParameterProfile {
  const [profile] = buildParameterProfiles({
    models: [model],
    providers: [aProvider({ providerType, apiBase: 'https://p.example/v1' })],
    defaults:
      defaults === undefined
        ? []
        : [{ tenantId: 't', agentId: 'a', parameters: defaults, updatedAtMs: 0 }],
  })
  if (profile === undefined) throw new Error('one model has one profile')
  return profile
}

function resolve(given: Case, request: ModelParameters): ResolvedParameters {
  return resolveParameters({ request, model: given.model, profile: profileFor(given) })
}

const reasoning = ['text', 'reasoning'] as const
const claude = { model: aModel('claude-sonnet-4-5'), providerType: 'anthropic' } as const
const gpt51 = {
  model: aModel('gpt-5.1', { capabilities: reasoning }),
  providerType: 'openai',
} as const
const o3 = { model: aModel('o3', { capabilities: reasoning }), providerType: 'openai' } as const
const unknown = { model: aModel('llama'), providerType: 'custom' } as const

describe('the parameters of a call', () => {
  it('are those of the request where nothing is known against them', () => {
    const request: ModelParameters = {
      maxOutputTokens: 10,
      temperature: 2,
      topP: 0.5,
      stop: ['a', ' '],
      seed: 1,
      reasoningEffort: 'minimal',
      providerOptions: { p: { a: 1 } },
    }
    expect(resolve(unknown, request)).toEqual({ parameters: request, dropped: [] })
  })

  it('are the defaults where the request says nothing, each for itself', () => {
    const given = { ...unknown, defaults: { temperature: 0.1, seed: 1, stop: ['x'] } }
    expect(resolve(given, { temperature: 0.9, topP: 0 }).parameters).toEqual({
      temperature: 0.9,
      topP: 0,
      seed: 1,
      stop: ['x'],
    })
  })

  it('are nothing but parameters, whatever else the request holds', () => {
    const request = { messages: [], model: 'auto', temperature: 1 }
    expect(resolve(unknown, request).parameters).toEqual({ temperature: 1 })
  })

  it('are made ready for requests that set nothing', () => {
    const profile = profileFor({ ...unknown, defaults: { temperature: 0.1 } })
    const sources = { request: {}, model: unknown.model, profile }
    expect(resolveParameters(sources)).toBe(profile.unasked)
    expect(resolveParameters(sources)).toEqual({ parameters: { temperature: 0.1 }, dropped: [] })
  })

  it('have options for the provider of the model alone, the request over the default by field', () => {
    const defaults = { providerOptions: { p: { a: 1, b: { c: 1 } }, q: { a: 1 } } }
    const request = { providerOptions: { p: { b: { d: 2 } }, r: { a: 1 } } }
    expect(resolve({ ...unknown, defaults }, request).parameters).toEqual({
      providerOptions: { p: { a: 1, b: { d: 2 } } },
    })
    expect(resolve({ ...unknown, defaults }, { seed: 1 }).parameters).toEqual({
      seed: 1,
      providerOptions: { p: { a: 1, b: { c: 1 } } },
    })
    const others = { providerOptions: { q: { a: 1 } } }
    expect(resolve(unknown, others)).toEqual({ parameters: {}, dropped: [] })
  })

  it('of a provider that is called as what every object inherits are none', () => {
    const model = { ...unknown.model, providerId: 'constructor' }
    expect(resolve({ ...unknown, model }, { providerOptions: {} }).parameters).toEqual({})
  })
})

describe('a parameter the model does not take', () => {
  it('is left out, and the reader is told what the model takes', () => {
    const { parameters, dropped } = resolve(claude, { temperature: 1.5, seed: 7, topP: 0.5 })
    expect(parameters).toEqual({ topP: 0.5 })
    expect(dropped).toEqual([
      { name: 'seed', reason: 'claude-sonnet-4-5 takes no seed.' },
      {
        name: 'temperature',
        reason: 'claude-sonnet-4-5 takes a temperature of at most 1.',
      },
    ])
    expect(parameterWarnings(dropped)[1]).toEqual({
      type: 'warning',
      code: 'parameter-dropped',
      message: 'claude-sonnet-4-5 takes a temperature of at most 1. "temperature" was left out.',
    })
    expect(parameterWarnings([])).toEqual([])
  })

  it.each<[Case, ModelParameters, string]>([
    [o3, { topP: 1 }, 'o3 takes no topP.'],
    [o3, { stop: ['x'] }, 'o3 takes no stop sequences.'],
    [o3, { reasoningEffort: 'minimal' }, 'o3 takes the reasoning effort low, medium or high.'],
    [
      { ...gpt51, model: aModel('gpt-4o') },
      { stop: ['1', '2', '3', '4', '5'] },
      'gpt-4o takes at most 4 stop sequences.',
    ],
    [
      { model: aModel('gemini-2.5-flash'), providerType: 'google' },
      { seed: -(2 ** 40) },
      'gemini-2.5-flash takes a seed of at least -2147483648.',
    ],
    [
      claude,
      { temperature: 0.5, topP: 0.5 },
      'claude-sonnet-4-5 takes no topP beside temperature.',
    ],
    [
      gpt51,
      { temperature: 0.5 },
      'gpt-5.1 takes no temperature while it reasons, which "reasoningEffort": "none" ends.',
    ],
  ])('says what it takes: %#', (given, request, reason) => {
    const { dropped } = resolve(given, request)
    expect(dropped.map((each) => each.reason)).toEqual([reason])
    expect(refusedParameter(request, profileFor(given))?.name).toBe(dropped[0]?.name)
  })

  it('is lowered when it is the limit of the answer', () => {
    const given = { ...unknown, model: aModel('llama', { maxOutputTokens: 100 }) }
    const { parameters, dropped } = resolve(given, { maxOutputTokens: 101 })
    expect(parameters).toEqual({ maxOutputTokens: 100 })
    expect(parameterWarnings(dropped).map(({ message }) => message)).toEqual([
      'llama gives at most 100 tokens. "maxOutputTokens" was lowered to that.',
    ])
    expect(resolve(given, { maxOutputTokens: 100 }).dropped).toEqual([])
  })

  it('is sent without those of its stop sequences that are white space', () => {
    const { parameters, dropped } = resolve(claude, { stop: ['\n\n', 'END'] })
    expect(parameters).toEqual({ stop: ['END'] })
    expect(dropped).toMatchObject([{ name: 'stop', sent: ['END'] }])
    expect(parameterWarnings(dropped).map(({ message }) => message)).toEqual([
      'claude-sonnet-4-5 takes no stop sequence of nothing but white space. "stop" was sent without it.',
    ])
    expect(resolve(claude, { stop: [' '] })).toMatchObject({
      parameters: {},
      dropped: [{ name: 'stop' }],
    })
  })

  it('is the nearest that the model takes when it is an effort', () => {
    const efforts = ['none', 'minimal', 'low', 'medium', 'high'] as const
    const given = (name: string) => ({ ...o3, model: aModel(name, { capabilities: reasoning }) })
    const taken = (name: string): readonly unknown[] =>
      efforts.map(
        (effort) => resolve(given(name), { reasoningEffort: effort }).parameters.reasoningEffort,
      )
    expect(taken('o3')).toEqual(['low', 'low', 'low', 'medium', 'high'])
    expect(taken('gpt-5.1')).toEqual(['none', 'low', 'low', 'medium', 'high'])
    expect(taken('gpt-5-pro')).toEqual(['high', 'high', 'high', 'high', 'high'])
    const { dropped } = resolve(o3, { reasoningEffort: 'none' })
    expect(parameterWarnings(dropped).map(({ message }) => message)).toEqual([
      'o3 takes the reasoning effort low, medium or high. "reasoningEffort" was set to "low".',
    ])
    const byDefault: Case = { ...o3, defaults: { reasoningEffort: 'minimal' } }
    expect(resolve(byDefault, {})).toEqual({ parameters: { reasoningEffort: 'low' }, dropped: [] })
  })

  it('is nothing to speak of when a model that cannot reason is told not to', () => {
    const plain = { ...o3, model: aModel('gpt-4o') }
    const request: ModelParameters = { reasoningEffort: 'none', temperature: 1 }
    expect(resolve(plain, request)).toEqual({ parameters: { temperature: 1 }, dropped: [] })
    expect(refusedParameter(request, profileFor(plain))).toBeUndefined()
    const reasoner = { ...o3, model: aModel('o1-mini') }
    expect(resolve(reasoner, { reasoningEffort: 'none' }).dropped).toHaveLength(1)
  })

  it('is left out in silence when it is a default', () => {
    const defaults: ModelParameters = {
      temperature: 1.5,
      seed: 1,
      stop: ['\n', 'x'],
      maxOutputTokens: 101,
    }
    const model = aModel('claude-sonnet-4-5', { maxOutputTokens: 100 })
    const expected = { parameters: { stop: ['x'], maxOutputTokens: 100 }, dropped: [] }
    expect(resolve({ ...claude, model, defaults }, {})).toEqual(expected)
    expect(resolve({ ...claude, model, defaults }, { topP: 1 })).toEqual({
      parameters: { ...expected.parameters, topP: 1 },
      dropped: [],
    })
  })
})

describe('a default', () => {
  it('makes way for what the request sets and the model does not take beside it', () => {
    const given = { ...claude, defaults: { temperature: 0.5 } }
    expect(resolve(given, { topP: 0.9 })).toEqual({ parameters: { topP: 0.9 }, dropped: [] })
    const thinking: Case = { ...claude, defaults: { reasoningEffort: 'high' } }
    expect(resolve(thinking, { temperature: 0.9 })).toEqual({
      parameters: { temperature: 0.9 },
      dropped: [],
    })
    expect(resolve(thinking, { seed: undefined, stop: ['x'] }).parameters).toEqual({
      stop: ['x'],
      reasoningEffort: 'high',
    })
  })

  it('stays out when the request makes the model reason', () => {
    const given = { ...claude, defaults: { temperature: 0.5, topP: 0.5 } }
    expect(resolve(given, { reasoningEffort: 'low' })).toEqual({
      parameters: { reasoningEffort: 'low' },
      dropped: [],
    })
  })

  it('makes possible what the request sets', () => {
    const given: Case = { ...gpt51, defaults: { reasoningEffort: 'none' } }
    expect(resolve(given, { temperature: 0.5 })).toEqual({
      parameters: { reasoningEffort: 'none', temperature: 0.5 },
      dropped: [],
    })
    expect(refusedParameter({ temperature: 0.5 }, profileFor(given))).toBeUndefined()
  })
})

const parameters = fc.record<ModelParameters, never>(
  {
    maxOutputTokens: fc.integer({ min: 1, max: 200 }),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    topP: fc.double({ min: 0, max: 1, noNaN: true }),
    stop: fc.array(fc.constantFrom('a', ' ', '\n'), { maxLength: 6 }),
    seed: fc.integer({ min: -(2 ** 33), max: 2 ** 33 }),
    reasoningEffort: fc.constantFrom(...REASONING_EFFORTS),
    providerOptions: fc.constantFrom({ p: { a: 1 } }, { q: {} }),
  },
  { requiredKeys: [] },
)

const models = fc.constantFrom<Case>(
  claude,
  gpt51,
  o3,
  unknown,
  { model: aModel('claude-opus-4-7', { maxOutputTokens: 100 }), providerType: 'anthropic' },
  { model: aModel('gemini-2.5-pro', { capabilities: reasoning }), providerType: 'google' },
  {
    model: aModel('a/b', { supportedParameters: ['temperature'], maxOutputTokens: 100 }),
    providerType: 'openrouter',
  },
)

describe('whatever is asked of whom', () => {
  it('the model takes what it is given, and nothing of the request is lost in silence', () => {
    fc.assert(
      fc.property(models, parameters, parameters, (given, request, defaults) => {
        const resolved = resolve({ ...given, defaults }, request)
        const support = profileFor(given).support
        const taken = resolved.parameters
        const isReasoning = willReason(taken.reasoningEffort, support)
        for (const name of MODEL_PARAMETERS) {
          if (taken[name] === undefined) continue
          const context = { support, isReasoning, beside: taken }
          expect(problemOf(name, taken[name], context), name).toBeUndefined()
        }
        const told = new Set(resolved.dropped.map(({ name }) => name))
        for (const name of MODEL_PARAMETERS) {
          if (name === 'providerOptions' || request[name] === undefined) continue
          const isNeedless =
            request[name] === 'none' && support.parameters[name].support === 'unsupported'
          if (isNeedless) expect(taken[name], name).toBeUndefined()
          else if (!told.has(name)) expect(taken[name], name).toEqual(request[name])
          else expect(taken[name], name).not.toEqual(request[name])
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('who refuses to drop is given to exactly those models that would drop nothing', () => {
    fc.assert(
      fc.property(models, parameters, parameters, (given, request, defaults) => {
        const all = { ...given, defaults }
        const isTaken = refusedParameter(request, profileFor(all)) === undefined
        expect(isTaken).toBe(resolve(all, request).dropped.length === 0)
      }),
      { numRuns: 1000 },
    )
  })

  it('what a model takes is what the catalogue knows of it', () => {
    const { support } = profileFor(claude)
    const provider = { providerType: 'anthropic', apiBase: 'https://p.example/v1' } as const
    expect(support).toEqual(parameterSupportOf(claude.model, provider))
  })
})
