import type { Model, ModelParameters, ParameterDefaults } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { aModel, aProvider } from '../__fixtures__/sample-model.ts'
import { buildParameterProfiles } from './parameter-profile.ts'

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
  const profiles = buildParameterProfiles({ models, providers: [aProvider()], defaults })
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
      expect(unasked([aModel('m'), aModel('n')], order)).toEqual([
        { temperature: 0.3, topP: 0.2, seed: 1, stop: ['a'] },
        { temperature: 0.2, topP: 0.2, stop: ['a'] },
      ])
    }
  })

  it('say nothing of models that none of them means', () => {
    const [of] = unasked([aModel('n')], [row({ modelId: 'p/m' }, { seed: 1 })])
    expect(of).toEqual({})
  })

  it('have options for its own provider, field by field', () => {
    const layers = [
      row({ modelId: 'p/m' }, { providerOptions: { p: { a: 1, b: 1 } } }),
      row({ agentId }, { providerOptions: { p: { b: 2 }, q: { c: 2 } } }),
      row({ agentId, modelId: 'p/m' }, { providerOptions: { q: { c: 3 } } }),
    ]
    expect(unasked([aModel('m'), aModel('n')], layers)).toEqual([
      { providerOptions: { p: { a: 1, b: 2 } } },
      { providerOptions: { p: { b: 2 } } },
    ])
  })

  it('are what each model takes of them', () => {
    const models = [
      aModel('m', { supportedParameters: ['top_p', 'max_tokens'], maxOutputTokens: 50 }),
      aModel('n', { providerId: 'gone' }),
    ]
    const defaults = [row({ agentId }, { temperature: 0.2, topP: 0.2, maxOutputTokens: 100 })]
    expect(unasked(models, defaults)).toEqual([
      { topP: 0.2, maxOutputTokens: 50 },
      { temperature: 0.2, topP: 0.2, maxOutputTokens: 100 },
    ])
  })

  it('cannot be changed by who is given them', () => {
    const [nothing] = unasked([aModel('m')], [])
    expect(Object.isFrozen(nothing)).toBe(true)
  })
})
