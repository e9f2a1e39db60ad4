import { describe, expect, it } from 'vitest'

import { readRequestyRow } from './requesty-list.ts'

const context = { nowMs: Date.UTC(2026, 7, 1), position: 0 }

const row = {
  api: 'chat',
  id: 'host/maker/Writer-1@eu-central-1',
  object: 'model',
  created: 1_748_631_837,
  owned_by: 'system',
  input_price: 5e-7,
  output_price: 1e-6,
  cached_price: 2.5e-8,
  caching_price: 3.75e-6,
  max_output_tokens: 0,
  context_window: 128_000,
  supports_vision: true,
  supports_reasoning: false,
  supports_tool_calling: true,
  supports_output_json_schema: true,
  supports_image_generation: false,
  description: 'Writes.',
}

function read(changes: Record<string, unknown> = {}) {
  return readRequestyRow({ ...row, ...changes }, context)
}

describe('a row of Requesty', () => {
  it('becomes a model; 0 tokens are unknown', () => {
    expect(read()).toEqual({
      externalId: row.id,
      displayName: row.id,
      description: 'Writes.',
      modelType: 'chat',
      capabilities: ['text', 'vision', 'long_context', 'function_calling', 'structured_output'],
      contextLength: 128_000,
      pricing: {
        input: '0.5',
        output: '1',
        cachedInput: '0.025',
        cacheWrite: '3.75',
        source: 'provider',
      },
      isAvailable: true,
      releasedAtMs: 1_748_631_837_000,
      metadata: row,
    })
  })

  it.each([
    [{ api: 'embedding' }, 'embedding'],
    [{ api: 'image' }, 'image'],
    [{ api: 'dance' }, 'unknown'],
    [{ api: undefined }, 'chat'],
    [{ api: undefined, id: 'openai/text-embedding-3-small' }, 'embedding'],
    [{ id: 'openai/o3:flex' }, 'chat'],
    [{ id: 'openai/gpt-4o:batch' }, 'batch'],
  ])('%j is %s', (changes, type) => expect(read(changes).modelType).toBe(type))

  it('has prices without the noise of their binary form', () => {
    expect(read({ input_price: 0.000_000_1 + 0.000_000_2 }).pricing.input).toBe('0.3')
    expect(read({ input_price: 0, output_price: 0, cached_price: 0 }).pricing).toMatchObject({
      input: '0',
      output: '0',
      cachedInput: '0',
    })
  })

  it('charges the cache like the prompt where its price is 0 or missing', () => {
    const { pricing } = read({ cached_price: 0, caching_price: undefined })
    expect(pricing).toEqual({ input: '0.5', output: '1', source: 'provider' })
  })

  it('leaves a price that is none unknown', () => {
    const none = { cached_price: null, caching_price: -1 }
    expect(read({ ...none, input_price: null, output_price: 'x' }).pricing).toEqual({})
  })

  it('has tiers above thresholds', () => {
    const pricing = [
      { prompt_tokens_threshold: 0, input_price: 5e-7 },
      { prompt_tokens_threshold: 200_000, input_price: 2.5e-6, output_price: 1.5e-5 },
      null,
    ]
    expect(read({ pricing }).pricing.tiers).toEqual([
      { abovePromptTokens: 200_000, input: '2.5', output: '15' },
    ])
  })

  it('is gone after it retired', () => {
    expect(read({ retires: Date.UTC(2026, 5, 1) / 1000 })).toMatchObject({
      isAvailable: false,
      unavailableReason: 'Its provider stopped serving it on 2026-06-01.',
    })
    expect(read({ retires: 0 })).toMatchObject({ isAvailable: true, expiresAtMs: undefined })
  })
})
