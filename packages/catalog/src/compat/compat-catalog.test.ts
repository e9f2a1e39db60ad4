import type { Model, ModelInfo, ModelsResponse } from '@imrs/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseStaticCatalogue } from '../import/static-catalogue.ts'
import { compatCatalog } from './compat-catalog.ts'

function model(externalId: string, fields: Partial<Model> = {}): Model {
  return {
    id: `p/${externalId}`,
    providerId: 'p',
    externalId,
    displayName: externalId.toUpperCase(),
    modelType: 'chat',
    capabilities: ['text'],
    pricing: {},
    isAvailable: true,
    metadata: {},
    priority: 50,
    domains: [],
    origin: 'manual',
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}

const rich = model('a', {
  description: 'Good',
  capabilities: ['text', 'vision'],
  contextLength: 8000,
  pricing: { input: '3', output: '15' },
  metadata: { apiVersion: 'v1' },
})
const models = [
  model('z'),
  model('off', { isAvailable: false }),
  rich,
  model('e', { modelType: 'embedding' }),
]

describe('a catalogue as the constants of a static one', () => {
  it('lists usable chat models and details of all chat models', () => {
    expect(compatCatalog(models, { defaultModel: 'p/z' })).toEqual({
      MODELS: ['p/a', 'p/z'],
      modelDetails: {
        'p/a': {
          provider: 'p',
          name: 'A',
          description: 'Good',
          capabilities: ['text', 'vision'],
          premium: true,
          vision: true,
          contextMax: 8000,
          apiVersion: 'v1',
          pricing: { input: 0.000_003, output: 0.000_015, currency: 'USD' },
        },
        'p/off': expect.objectContaining({ name: 'OFF' }),
        'p/z': {
          provider: 'p',
          name: 'Z',
          description: '',
          capabilities: ['text'],
          premium: false,
          vision: false,
        },
      },
      defaultModel: 'p/z',
    })
  })

  it('is made of an answer of GET /api/models, too', () => {
    const info = (id: string, status: ModelInfo['status']): ModelInfo => ({
      id,
      status,
      provider: 'P',
      name: id,
      capabilities: ['text'],
      premium: true,
      vision: false,
      lastChecked: '2026-01-01T00:00:00.000Z',
    })
    const response: ModelsResponse = {
      models: [info('p/b', 'limited'), info('p/a', 'unavailable'), info('p/c', 'deprecated')],
      metadata: { lastUpdated: '', providers: {}, totalModels: 3, cacheHit: false },
    }
    const catalog = compatCatalog(response, { defaultModel: 'p/a' })
    expect(catalog.MODELS).toEqual(['p/b', 'p/c'])
    expect(catalog.modelDetails['p/a']).toMatchObject({ provider: 'P', premium: true })
  })

  it('is frozen throughout', () => {
    const catalog = compatCatalog(models, { defaultModel: 'p/a' })
    const details = catalog.modelDetails['p/a']
    for (const part of [catalog, catalog.MODELS, catalog.modelDetails, details]) {
      expect(Object.isFrozen(part)).toBe(true)
    }
    expect(Object.isFrozen(details?.capabilities)).toBe(true)
    expect(Object.isFrozen(details?.pricing)).toBe(true)
  })

  it('does not depend on the order of the models', () => {
    const expected = JSON.stringify(compatCatalog(models, { defaultModel: 'p/a' }))
    fc.assert(
      fc.property(fc.shuffledSubarray(models, { minLength: models.length }), (shuffled) => {
        expect(JSON.stringify(compatCatalog(shuffled, { defaultModel: 'p/a' }))).toBe(expected)
      }),
    )
  })

  it('refuses a default model that is none, and names one like it', () => {
    expect(() => compatCatalog(models, { defaultModel: 'p/offf' })).toThrow('Like it: p/off')
    expect(() => compatCatalog(models, { defaultModel: 'p/e' })).toThrow('`defaultModel`')
    expect(() => compatCatalog([], { defaultModel: 'p/a' })).toThrow('No chat model is known')
  })

  it('is read by the importer as the same models', () => {
    const catalog = compatCatalog([rich, model('z')], { defaultModel: 'p/a' })
    const source = parseStaticCatalogue(catalog)
    expect(source.refused).toEqual([])
    expect(source.models).toMatchObject([
      { providerId: 'p', externalId: 'a', pricing: { input: '3', output: '15' } },
      { providerId: 'p', externalId: 'z' },
    ])
  })
})
