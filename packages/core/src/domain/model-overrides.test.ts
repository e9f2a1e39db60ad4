import { describe, expect, it } from 'vitest'

import { catalogChanges, deprecationsAndPrices } from './catalog-event.ts'
import {
  changedOverrides,
  overridableOf,
  withOverrides,
  withoutOverrides,
} from './model-overrides.ts'
import type { Model, ModelOverrides, OverridableField } from './model.ts'

const model: Model = {
  id: 'p/a',
  providerId: 'p',
  externalId: 'a',
  displayName: 'A',
  modelType: 'chat',
  capabilities: ['text'],
  pricing: { input: '0.10', source: 'provider' },
  isAvailable: false,
  unavailableReason: 'gone',
  metadata: {},
  priority: 50,
  domains: [],
  origin: 'sync',
  createdAtMs: 0,
  updatedAtMs: 0,
}

describe('overrides', () => {
  it.each<[ModelOverrides | undefined, ModelOverrides, OverridableField[], unknown]>([
    [undefined, { priority: 1 }, [], { priority: 1 }],
    [{ priority: 1 }, { displayName: 'B' }, [], { priority: 1, displayName: 'B' }],
    [{ priority: 1, displayName: 'B' }, {}, ['priority'], { displayName: 'B' }],
    [{ priority: 1 }, { priority: 2 }, ['priority'], undefined],
    [{ priority: 1 }, { priority: undefined }, [], { priority: 1 }],
    [
      undefined,
      { isAvailable: false, unavailableReason: 'ours' },
      [],
      { isAvailable: false, unavailableReason: 'ours' },
    ],
    [
      { isAvailable: false, unavailableReason: 'ours' },
      { isAvailable: true },
      [],
      { isAvailable: true },
    ],
    [{ isAvailable: false, unavailableReason: 'ours' }, {}, ['isAvailable'], undefined],
    [undefined, { unavailableReason: 'alone' }, [], undefined],
  ])('of %j, set %j, cleared %j, are %j', (...row) => {
    const [current, set, clear, expected] = row
    expect(changedOverrides(current, { set, clear })).toEqual(expected)
  })

  it('win, and leave the provider’s side to come back to', () => {
    const set: ModelOverrides = { isAvailable: true, priority: 9, description: 'ours' }
    const effective = withOverrides(model, set)
    expect(effective).toEqual({ ...model, ...set, unavailableReason: undefined, overrides: set })
    expect(withoutOverrides(effective, overridableOf(model))).toEqual(model)
    expect(withOverrides(effective, undefined)).not.toHaveProperty('overrides')
  })
})

describe('catalogChanges', () => {
  it('names the fields that changed and what they mean', () => {
    const listed: Model = {
      ...model,
      priority: 1,
      pricing: { input: '0.11' },
      expiresAtMs: 5,
      successorId: 'p/b',
    }
    const changes = catalogChanges(model, listed)
    expect(changes).toEqual([
      {
        type: 'model-updated',
        modelId: 'p/a',
        fields: ['expiresAtMs', 'pricing', 'successorId'],
      },
      { type: 'model-deprecated', modelId: 'p/a', expiresAtMs: 5, successorId: 'p/b' },
      { type: 'price-changed', modelId: 'p/a', from: model.pricing, to: { input: '0.11' } },
    ])
    expect(deprecationsAndPrices(changes)).toEqual({
      priceChanges: [{ modelId: 'p/a', from: model.pricing, to: { input: '0.11' } }],
      deprecations: [{ modelId: 'p/a', expiresAtMs: 5, successorId: 'p/b' }],
    })
  })

  it.each([
    [{ input: '0.1' }, false],
    [{ input: '0.10', output: '0' }, true],
    [{}, true],
    [{ input: '0.1', tiers: [{ abovePromptTokens: 1 }] }, true],
  ])('takes prices %j for a change: %j', (pricing, isChange) => {
    const types = catalogChanges(model, { ...model, pricing }).map((change) => change.type)
    expect(types.includes('price-changed')).toBe(isChange)
  })

  it('is one word for a new model, and none of an end that stays or goes', () => {
    expect(catalogChanges(undefined, model)).toEqual([{ type: 'model-added', modelId: 'p/a' }])
    const ended = { ...model, expiresAtMs: 5 }
    expect(catalogChanges(ended, { ...ended, displayName: 'B' })).toHaveLength(1)
    expect(catalogChanges(ended, model)).toHaveLength(1)
  })
})
