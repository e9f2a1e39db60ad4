import { describe, expect, it } from 'vitest'

import { readOpenAiRow } from './openai-list.ts'

const context = { nowMs: Date.UTC(2026, 7, 1), position: 0 }

function read(row: Record<string, unknown>) {
  return readOpenAiRow(row, context)
}

function openAi(id: string, changes: Record<string, unknown> = {}) {
  return read({ id, object: 'model', created: 1_715_367_049, owned_by: 'system', ...changes })
}

describe('OpenAI’s own rows', () => {
  it('gain what its list leaves out', () => {
    expect(openAi('gpt-4o')).toEqual({
      externalId: 'gpt-4o',
      displayName: 'gpt-4o',
      modelType: 'chat',
      capabilities: [
        'text',
        'vision',
        'long_context',
        'function_calling',
        'document',
        'structured_output',
      ],
      contextLength: 128_000,
      maxOutputTokens: 16_384,
      pricing: { input: '2.5', output: '10', cachedInput: '1.25', source: 'genai-prices' },
      isAvailable: true,
      releasedAtMs: 1_715_367_049_000,
      metadata: { id: 'gpt-4o', object: 'model', created: 1_715_367_049, owned_by: 'system' },
    })
  })

  it.each([
    ['gpt-4o-mini', 128_000, { input: '0.15', output: '0.6', cachedInput: '0.075' }],
    ['gpt-4o-2024-08-06', 128_000, { input: '2.5', output: '10' }],
    ['gpt-4.1-mini-2025-04-14', 1_047_576, { input: '0.4', output: '1.6' }],
    ['gpt-5', 400_000, { input: '1.25', output: '10', cachedInput: '0.125' }],
    ['o3', 200_000, { input: '2', output: '8' }],
    ['gpt-3.5-turbo', 16_385, { input: '0.5', output: '1.5' }],
  ])('%s: context %d, prices %j', (id, contextLength, pricing) => {
    expect(openAi(id)).toMatchObject({ modelType: 'chat', contextLength, pricing })
  })

  it('have tiers where long prompts cost more', () => {
    expect(openAi('gpt-5.4').pricing.tiers).toEqual([
      { abovePromptTokens: 271_999, input: '5', output: '22.5', cachedInput: '0.5' },
    ])
  })

  it('had another price before it was cut', () => {
    const row = { id: 'o3', owned_by: 'system' }
    const early = readOpenAiRow(row, { ...context, nowMs: Date.UTC(2025, 4, 1) })
    expect(early.pricing).toMatchObject({ input: '10', output: '40' })
  })

  it('stay unknown where nothing is known', () => {
    const model = openAi('gpt-99-moon')
    expect(model).toMatchObject({ modelType: 'chat', pricing: {}, capabilities: ['text'] })
    expect(model.contextLength).toBeUndefined()
  })

  it('a fine-tuned one is like its base, and its price unknown', () => {
    const model = openAi('ft:gpt-4o-mini-2024-07-18:org::abc', { owned_by: 'user-1' })
    expect(model).toMatchObject({ modelType: 'chat', contextLength: 128_000, pricing: {} })
  })

  it.each([
    ['text-embedding-3-small', 'embedding'],
    ['tts-1-hd', 'speech'],
    ['gpt-4o-mini-tts', 'speech'],
    ['whisper-1', 'transcription'],
    ['gpt-4o-transcribe', 'transcription'],
    ['dall-e-3', 'image'],
    ['gpt-image-1', 'image'],
    ['sora-2', 'video'],
    ['omni-moderation-latest', 'moderation'],
    ['gpt-4o-realtime-preview-2024-12-17', 'realtime'],
    ['gpt-4o-audio-preview', 'unknown'],
    ['davinci-002', 'unknown'],
    ['babbage-002', 'unknown'],
    ['gpt-3.5-turbo-instruct-0914', 'unknown'],
    ['o1-pro-2025-03-19', 'unknown'],
    ['o4-mini-deep-research', 'unknown'],
    ['gpt-5-codex', 'unknown'],
    ['gpt-4o-search-preview', 'chat'],
    ['chatgpt-4o-latest', 'chat'],
  ])('%s is %s', (id, type) => expect(openAi(id).modelType).toBe(type))

  it('are gone after their shutdown', () => {
    expect(openAi('gpt-4', { shutdown_date: '2026-06-30' })).toMatchObject({
      isAvailable: false,
      unavailableReason: 'Its provider stopped serving it on 2026-06-30.',
    })
    expect(openAi('gpt-4', { shutdown_date: null }).isAvailable).toBe(true)
  })
})

describe('rows of servers like it', () => {
  it('Groq: windows, limits and switches', () => {
    const row = {
      id: 'openai/gpt-oss-20b',
      owned_by: 'OpenAI',
      active: true,
      context_window: 131_072,
      max_completion_tokens: 65_536,
    }
    expect(read(row)).toMatchObject({
      contextLength: 131_072,
      maxOutputTokens: 65_536,
      isAvailable: true,
    })
    expect(read({ ...row, active: false })).toMatchObject({
      isAvailable: false,
      unavailableReason: 'Its provider marks it as not active.',
    })
    const whisper = read({ ...row, id: 'whisper-large-v3', context_window: 448 })
    expect(whisper).toMatchObject({ modelType: 'transcription', capabilities: ['audio'] })
  })

  it('Mistral: switches and an end', () => {
    const capabilities = { completion_chat: true, function_calling: true, vision: true }
    const row = {
      id: 'writer-2505',
      owned_by: 'mistralai',
      max_context_length: 131_072,
      capabilities,
      type: 'base',
      deprecation: '2026-06-16T12:00:00Z',
    }
    expect(read(row)).toMatchObject({
      modelType: 'chat',
      capabilities: ['text', 'vision', 'long_context', 'function_calling'],
      contextLength: 131_072,
      expiresAtMs: Date.UTC(2026, 5, 16, 12),
      isAvailable: false,
    })
    const ocr = { ...row, capabilities: { completion_chat: false }, deprecation: null }
    expect(read(ocr)).toMatchObject({ modelType: 'unknown', isAvailable: true })
    const tuned = { id: 'curie.ft-1', capabilities: { completion: true, chat_completion: false } }
    expect(read(tuned)).toMatchObject({ modelType: 'unknown' })
  })

  it('Together: prices of 1,000,000 tokens, and 0 tokens that are unknown', () => {
    const pricing = { base: 0, finetune: 0, hourly: 0, input: 0.180_000_000_000_000_02, output: 1 }
    const row = { id: 'maker/Writer', type: 'chat', context_length: 0, created: 0, pricing }
    const model = read({ ...row, display_name: 'Writer' })
    expect(model).toMatchObject({
      displayName: 'Writer',
      pricing: { input: '0.18', output: '1', source: 'provider' },
    })
    expect(model.contextLength).toBeUndefined()
    expect(model.releasedAtMs).toBeUndefined()
    const zero = { ...pricing, input: 0, output: 0 }
    expect(read({ ...row, pricing: zero }).pricing).toEqual({})
    expect(read({ ...row, id: 'maker/Writer-Free', pricing: zero }).pricing.input).toBe('0')
  })

  it.each([
    ['image', 'image'],
    ['audio', 'speech'],
    ['language', 'unknown'],
    ['rerank', 'rerank'],
    ['transcribe', 'transcription'],
    ['embeddings', 'embedding'],
    ['llm', 'chat'],
  ])('the type %s is %s', (type, modelType) => {
    expect(read({ id: 'maker/one', type }).modelType).toBe(modelType)
  })

  it('LM Studio: a model that sees', () => {
    const row = { key: 'maker/gem', type: 'vlm', display_name: 'Gem', max_context_length: 8192 }
    const capabilities = ['tool_use']
    expect(read({ ...row, capabilities })).toMatchObject({
      externalId: 'maker/gem',
      displayName: 'Gem',
      capabilities: ['text', 'vision', 'function_calling'],
      contextLength: 8192,
    })
  })

  it('vLLM and Ollama: a well-known name on one’s own machine has nobody’s price', () => {
    const vllm = read({ id: 'gpt-4o', owned_by: 'vllm', max_model_len: 8192 })
    expect(vllm).toMatchObject({ contextLength: 8192, pricing: {} })
    expect(read({ id: 'llama3:8b', owned_by: 'library' }).pricing).toEqual({})
  })

  it('prices by the token as text are read as such', () => {
    const pricing = { prompt: '0.000001', completion: '0.000002' }
    expect(read({ id: 'a', pricing }).pricing).toMatchObject({ input: '1', output: '2' })
  })
})
