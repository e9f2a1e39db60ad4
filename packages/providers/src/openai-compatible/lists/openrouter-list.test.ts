import { describe, expect, it } from 'vitest'

import { readOpenRouterRow } from './openrouter-list.ts'

const context = { nowMs: Date.UTC(2026, 7, 1), position: 0 }

const row = {
  id: 'maker/writer-1',
  name: 'Maker: Writer 1',
  created: 1_770_000_000,
  description: 'Writes.',
  context_length: 200_000,
  architecture: {
    modality: 'text+image->text',
    input_modalities: ['text', 'image', 'file'],
    output_modalities: ['text'],
  },
  pricing: { prompt: '0.0000006000000000000001', completion: '0.000002' },
  top_provider: { context_length: 128_000, max_completion_tokens: 64_000 },
  supported_parameters: ['tools', 'structured_outputs', 'include_reasoning', 'temperature'],
  expiration_date: null,
}

function read(changes: Record<string, unknown> = {}) {
  return readOpenRouterRow({ ...row, ...changes }, context)
}

function pricingOf(pricing: Record<string, unknown>) {
  return read({ pricing }).pricing
}

describe('a row of OpenRouter', () => {
  it('becomes a model, with what its first host allows', () => {
    expect(read()).toEqual({
      externalId: 'maker/writer-1',
      displayName: 'Maker: Writer 1',
      description: 'Writes.',
      modelType: 'chat',
      capabilities: [
        'text',
        'vision',
        'long_context',
        'function_calling',
        'document',
        'reasoning',
        'structured_output',
      ],
      contextLength: 128_000,
      maxOutputTokens: 64_000,
      pricing: { input: '0.6000000000000001', output: '2', source: 'provider' },
      isAvailable: true,
      releasedAtMs: 1_770_000_000_000,
      supportedParameters: row.supported_parameters,
      metadata: row,
    })
  })

  it('takes the row’s own context where the router has no host, and no answer above it', () => {
    const top_provider = { context_length: null, max_completion_tokens: 900_000 }
    expect(read({ top_provider })).toMatchObject({
      contextLength: 200_000,
      maxOutputTokens: 200_000,
    })
    expect(read({ top_provider: null, context_length: null }).contextLength).toBeUndefined()
  })

  it('reads modalities out of the short form when the lists are missing', () => {
    const model = read({ architecture: { modality: 'text+audio+video->text' } })
    expect(model.capabilities).toEqual(expect.arrayContaining(['text', 'audio', 'video']))
  })

  it('says nothing of parameters where the list is empty', () => {
    expect(read({ supported_parameters: [] }).supportedParameters).toBeUndefined()
  })

  it.each([
    'maker/writer-coder',
    'maker/codex-mini',
    'maker/codestral-2',
    'openrouter/pareto-code',
  ])('knows %s is made for code', (id) => expect(read({ id }).capabilities).toContain('code'))

  it('does not take every name with the letters for code', () => {
    expect(read({ id: 'maker/decoder-encode' }).capabilities).not.toContain('code')
  })

  it('cuts a long description', () => {
    expect(read({ description: 'x'.repeat(9000) }).description).toHaveLength(2000)
  })
})

describe('the published score of an OpenRouter row', () => {
  const scoreOf = (benchmarks: unknown) => read({ benchmarks }).published
  const arena = [{ arena: 'models', category: 'website', elo: 1339, win_rate: 59.3, rank: 2 }]

  it('is the intelligence index of Artificial Analysis, from 0 to 1', () => {
    const indexes = { intelligence_index: 60.7, coding_index: 78, agentic_index: 55.3 }
    expect(scoreOf({ design_arena: arena, artificial_analysis: indexes })).toEqual({
      score: 0.607,
      source: 'artificial-analysis',
    })
    expect(scoreOf({ artificial_analysis: { intelligence_index: 0 } })?.score).toBe(0)
  })

  it.each([
    [undefined],
    [null],
    ['odd'],
    [{ design_arena: arena }],
    [{ artificial_analysis: { intelligence_index: null, coding_index: 70 } }],
    [{ artificial_analysis: { intelligence_index: 'much' } }],
    [{ artificial_analysis: { intelligence_index: 160 } }],
    [{ artificial_analysis: { intelligence_index: -1 } }],
  ])('is unknown for %j', (benchmarks) => expect(scoreOf(benchmarks)).toBeUndefined())
})

describe('types of OpenRouter rows', () => {
  it.each([
    [['text'], 'chat'],
    [['text', 'image'], 'chat'],
    [['image'], 'image'],
    [['video'], 'video'],
    [['audio'], 'speech'],
    [['embeddings'], 'embedding'],
    [['smell'], 'unknown'],
  ])('what writes %j is %s', (output_modalities, type) => {
    expect(read({ architecture: { output_modalities } }).modelType).toBe(type)
  })

  it.each([
    ['openai/gpt-4o-mini:batch', 'batch'],
    ['meta-llama/llama-guard-4-12b', 'moderation'],
    ['openai/gpt-audio', 'unknown'],
    ['openai/gpt-3.5-turbo-instruct', 'chat'],
    ['~maker/writer-latest', 'chat'],
  ])('%s is %s', (id, type) => expect(read({ id }).modelType).toBe(type))

  it('a router is chat with an unknown price', () => {
    const pricing = { prompt: '-1', completion: '-1' }
    const model = read({ id: 'openrouter/auto', pricing })
    expect(model).toMatchObject({ modelType: 'chat', pricing: {}, isAvailable: true })
  })
})

describe('prices of OpenRouter', () => {
  it('are exact, and zero is free', () => {
    expect(pricingOf({ prompt: '0', completion: '0' })).toEqual({
      input: '0',
      output: '0',
      source: 'provider',
    })
    expect(pricingOf({ prompt: '0.00000003', completion: '1e-7' })).toMatchObject({
      input: '0.03',
      output: '0.1',
    })
  })

  it('has caches, reasoning and requests', () => {
    const pricing = pricingOf({
      prompt: '0.000003',
      completion: '0.000015',
      input_cache_read: '0.0000003',
      input_cache_write: '0.00000375',
      internal_reasoning: '0.00002',
      request: '0.005',
    })
    expect(pricing).toMatchObject({
      cachedInput: '0.3',
      cacheWrite: '3.75',
      reasoning: '20',
      request: '0.005',
    })
  })

  it('does not take the zero of reasoning without a price of its own for a gift', () => {
    const pricing = { prompt: '0.000001', completion: '0.000002', internal_reasoning: '0' }
    expect(pricingOf(pricing)).not.toHaveProperty('reasoning')
    const free = { prompt: '0', completion: '0', internal_reasoning: '0' }
    expect(pricingOf(free)).toHaveProperty('reasoning', '0')
  })

  it.each(['-1', '', 'free', 'NaN', '0x10', '1e999', null, -0.5, Number.NaN, [], '9'.repeat(70)])(
    'leaves %j unknown',
    (prompt) => expect(pricingOf({ prompt, completion: 'x' })).toEqual({}),
  )

  it('has tiers by the size of the prompt, in order, and none by the time of day', () => {
    const base = { prompt: '0.000001', completion: '0.000002' }
    const overrides = [
      { min_prompt_tokens: 256_000, prompt: '0.000004' },
      { min_prompt_tokens: 32_000, prompt: '0.000002', completion: '0.000003' },
      { min_prompt_tokens: 64_000, utc_start: '16:30', utc_end: '00:30', prompt: '0.0000005' },
      { utc_start: '16:30', prompt: '0.0000005' },
      { min_prompt_tokens: 99_000, prompt: '-1' },
      'odd',
    ]
    expect(pricingOf({ ...base, overrides }).tiers).toEqual([
      { abovePromptTokens: 32_000, input: '2', output: '3' },
      { abovePromptTokens: 256_000, input: '4' },
    ])
    expect(pricingOf({ ...base, overrides: 'odd' })).not.toHaveProperty('tiers')
  })
})

describe('the end of an OpenRouter model', () => {
  it('makes it unavailable once it has come', () => {
    expect(read({ expiration_date: '2026-07-31' })).toMatchObject({
      isAvailable: false,
      expiresAtMs: Date.UTC(2026, 6, 31),
      unavailableReason: 'Its provider stopped serving it on 2026-07-31.',
    })
    const later = read({ expiration_date: '2026-12-24' })
    expect(later).toMatchObject({ isAvailable: true, expiresAtMs: Date.UTC(2026, 11, 24) })
  })

  it.each(['2098-12-31', 'soon', '', 0, '2026-13-45', '1'])('%j is none', (expiration_date) => {
    const model = read({ expiration_date })
    expect(model.isAvailable).toBe(true)
    expect(model.expiresAtMs).toBeUndefined()
  })
})
