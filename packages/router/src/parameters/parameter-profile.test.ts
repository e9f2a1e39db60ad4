import type { Model, ModelParameters, ParameterDefaults, Provider } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { buildParameterProfiles } from './parameter-profile.ts'

const provider: Provider = {
  id: 'p',
  displayName: 'P',
  providerType: 'custom',
  apiBase: 'https://p.example',
  modelsEndpoint: '/models',
  isActive: true,
  origin: 'code',
  settings: {},
  createdAtMs: 0,
  updatedAtMs: 0,
}

function model(externalId: string, fields: Partial<Model> = {}): Model {
  return {
    id: `p/${externalId}`,
    providerId: 'p',
    externalId,
    displayName: externalId,
    modelType: 'chat',
    capabilities: ['text'],
    pricing: {},
    isAvailable: true,
    metadata: {},
    priority: 50,
    domains: [],
    origin: 'sync',
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}

type Key = Pick<ParameterDefaults, 'agentId' | 'modelId'>

const row = (key: Key, parameters: ModelParameters): ParameterDefaults => ({
  tenantId: 't',
  ...key,
  parameters,
  updatedAtMs: 0,
})

const agentId = 'a'

function unasked(
  models: readonly Model[],
  defaults: readonly ParameterDefaults[],
): readonly ModelParameters[] {
  const profiles = buildParameterProfiles({ models, providers: [provider], defaults })
  return profiles.map((profile) => profile.unasked.parameters)
}

describe('the defaults of a model', () => {
  const rows = [
    row({ modelId: 'p/m' }, { temperature: 0.1, topP: 0.1, seed: 1 }),
    row({ agentId }, { temperature: 0.2, topP: 0.2, stop: ['a'] }),
    row({ agentId, modelId: 'p/m' }, { temperature: 0.3 }),
  ]

  it('are each of the narrowest: agent and model, then agent, then model', () => {
    for (const order of [rows, rows.toReversed()]) {
      expect(unasked([model('m'), model('n')], order)).toEqual([
        { temperature: 0.3, topP: 0.2, seed: 1, stop: ['a'] },
        { temperature: 0.2, topP: 0.2, stop: ['a'] },
      ])
    }
  })

  it('say nothing of models that none of them means', () => {
    const [of] = unasked([model('n')], [row({ modelId: 'p/m' }, { seed: 1 })])
    expect(of).toEqual({})
  })

  it('have options for its own provider, field by field', () => {
    const layers = [
      row({ modelId: 'p/m' }, { providerOptions: { p: { a: 1, b: 1 } } }),
      row({ agentId }, { providerOptions: { p: { b: 2 }, q: { c: 2 } } }),
      row({ agentId, modelId: 'p/m' }, { providerOptions: { q: { c: 3 } } }),
    ]
    expect(unasked([model('m'), model('n')], layers)).toEqual([
      { providerOptions: { p: { a: 1, b: 2 } } },
      { providerOptions: { p: { b: 2 } } },
    ])
  })

  it('are what each model takes of them', () => {
    const models = [
      model('m', { supportedParameters: ['top_p', 'max_tokens'], maxOutputTokens: 50 }),
      model('n', { providerId: 'gone' }),
    ]
    const defaults = [row({ agentId }, { temperature: 0.2, topP: 0.2, maxOutputTokens: 100 })]
    expect(unasked(models, defaults)).toEqual([
      { topP: 0.2, maxOutputTokens: 50 },
      { temperature: 0.2, topP: 0.2, maxOutputTokens: 100 },
    ])
  })

  it('cannot be changed by who is given them', () => {
    const [nothing] = unasked([model('m')], [])
    expect(Object.isFrozen(nothing)).toBe(true)
  })
})
