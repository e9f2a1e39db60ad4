import { GoogleGenAI } from '@google/genai'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'

import { simulatedModel, startSimulator } from './index.ts'
import type { Simulator, SimulatorOptions } from './index.ts'

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options)
  onTestFinished(() => simulator.close())
  return simulator
}

function client(simulator: Simulator, dialect: 'openai' | 'openrouter' | 'requesty'): OpenAI {
  return new OpenAI({
    baseURL: simulator.baseUrls[dialect],
    apiKey: simulator.keys[dialect],
    maxRetries: 0,
  })
}

function google({ baseUrls, keys }: Simulator): GoogleGenAI {
  return new GoogleGenAI({
    apiKey: keys.google,
    apiVersion: 'v1beta',
    httpOptions: { baseUrl: baseUrls.google },
  })
}

async function getJson(url: string, key?: string): Promise<unknown> {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
  return (await fetch(url, { headers })).json()
}

describe('OpenAI lists', () => {
  it('gives the rows that the official client reads', async () => {
    const simulator = await start()
    const page = await client(simulator, 'openai').models.list()
    expect(page.data.map(({ id }) => id)).toEqual([
      'gpt-4o',
      'gpt-4o-mini',
      'text-embedding-3-small',
      'gpt-4o-mini-tts',
      'whisper-1',
      'omni-moderation-latest',
    ])
    expect(Object.keys(page.data[0] ?? {})).toEqual([
      'id',
      'object',
      'created',
      'owned_by',
      'shutdown_date',
    ])
    expect(simulator.calls.at(-1)).toMatchObject({ operation: 'list', outcome: 'completed' })
  })

  it('reads one model and refuses an unknown one', async () => {
    const openai = client(await start(), 'openai')
    expect(await openai.models.retrieve('gpt-4o')).toMatchObject({ id: 'gpt-4o', object: 'model' })
    await expect(openai.models.retrieve('gpt-9')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
  })
})

describe('OpenRouter lists', () => {
  it('is public, counts, and leaves out what writes no text', async () => {
    const simulator = await start()
    const list = await getJson(`${simulator.baseUrls.openrouter}/models`)
    expect(list).toMatchObject({ total_count: 7, links: { next: null } })
    expect(simulator.calls[0]).toMatchObject({ credential: 'missing', status: 200 })
    const all = await getJson(`${simulator.baseUrls.openrouter}/models?output_modalities=all`)
    expect(all).toMatchObject({ total_count: 8 })
  })

  it('has every documented field in every row, and the known oddities', async () => {
    const simulator = await start()
    const page = await client(simulator, 'openrouter').models.list()
    const rows = page.data as unknown as readonly Record<string, unknown>[]
    for (const row of rows) {
      expect(row).toMatchObject({
        id: expect.any(String),
        canonical_slug: expect.any(String),
        name: expect.any(String),
        created: expect.any(Number),
        description: expect.any(String),
        context_length: expect.any(Number),
        architecture: {
          modality: expect.stringContaining('->'),
          input_modalities: expect.any(Array),
          output_modalities: expect.any(Array),
          tokenizer: expect.any(String),
          instruct_type: null,
        },
        pricing: { prompt: expect.any(String), completion: expect.any(String) },
        top_provider: { is_moderated: false },
        per_request_limits: null,
        supported_parameters: expect.any(Array),
        default_parameters: expect.any(Object),
        supported_voices: null,
        links: { details: expect.stringContaining('/endpoints') },
      })
      for (const key of ['hugging_face_id', 'knowledge_cutoff', 'expiration_date']) {
        expect(row).toHaveProperty(key)
      }
      expect(row['top_provider']).toHaveProperty('context_length')
      expect(row['top_provider']).toHaveProperty('max_completion_tokens')
    }
    const byId = Object.fromEntries(rows.map((row) => [row['id'], row]))
    expect(byId['openrouter/auto']).toMatchObject({
      pricing: { prompt: '-1', completion: '-1' },
      top_provider: { context_length: null },
    })
    expect(byId['qwen/qwen3.7-flash']).toMatchObject({
      pricing: { overrides: [{ min_prompt_tokens: 32_000 }, { min_prompt_tokens: 256_000 }] },
    })
    expect(byId['thinkingmachines/inkling-small']).toMatchObject({
      top_provider: { max_completion_tokens: null },
    })
    expect(byId['openai/gpt-4o-mini:batch']).toMatchObject({ canonical_slug: 'openai/gpt-4o-mini' })
    expect(byId['xiaomi/mimo-v2-flash']).toMatchObject({ expiration_date: null })
    expect(byId['allenai/molmo-2-8b:free']).toMatchObject({ pricing: { prompt: '0' } })
  })

  it('pages with offset and limit, and links to the next page', async () => {
    const { url, baseUrls } = await start()
    const ids: string[] = []
    let next: string | null = `${new URL(baseUrls.openrouter).pathname}/models?limit=3`
    while (next !== null) {
      const page = (await getJson(url + next)) as {
        data: { id: string }[]
        links: { next: string | null }
      }
      ids.push(...page.data.map(({ id }) => id))
      next = page.links.next
    }
    expect(ids).toHaveLength(7)
    expect(new Set(ids).size).toBe(7)
  })

  it('filters', async () => {
    const { baseUrls } = await start()
    const count = async (query: string): Promise<unknown> =>
      ((await getJson(`${baseUrls.openrouter}/models?${query}`)) as { total_count: number })
        .total_count
    expect(await count('q=molmo')).toBe(1)
    expect(await count('supported_parameters=tools')).toBe(5)
    expect(await count('input_modalities=audio')).toBe(2)
  })
})

describe('Gemini lists', () => {
  it('comes in pages, which the official client follows', async () => {
    const simulator = await start()
    const rows = []
    for await (const row of await google(simulator).models.list({ config: { pageSize: 4 } })) {
      rows.push(row)
    }
    expect(rows.map(({ name }) => name)).toEqual([
      'models/gemini-2.5-flash',
      'models/gemini-2.5-pro',
      'models/gemini-3-flash-preview',
      'models/gemini-2.5-flash-preview-tts',
      'models/gemini-embedding-001',
      'models/imagen-4.0-generate-001',
    ])
    expect(simulator.calls.map(({ path }) => path)).toEqual([
      '/google/v1beta/models?pageSize=4',
      expect.stringMatching(/pageSize=4&pageToken=|pageToken=.*pageSize=4/),
    ])
    expect(rows[0]).toMatchObject({
      displayName: 'Gemini 2.5 Flash',
      inputTokenLimit: 1_048_576,
      outputTokenLimit: 65_536,
      thinking: true,
      supportedActions: expect.arrayContaining(['generateContent']),
      temperature: 1,
      topP: 0.95,
      topK: 64,
      maxTemperature: 2,
    })
    expect(rows[3]).toMatchObject({ supportedActions: ['countTokens', 'generateContent'] })
    expect(rows[3]).not.toHaveProperty('thinking')
  })

  it('never gives the whole list at once by default', async () => {
    const { baseUrls, keys } = await start()
    const page = await getJson(`${baseUrls.google}/v1beta/models?key=${keys.google}`)
    expect(page).toMatchObject({ nextPageToken: expect.any(String) })
  })

  it('refuses a page token of its own making', async () => {
    const { baseUrls, keys } = await start()
    const url = `${baseUrls.google}/v1beta/models?key=${keys.google}&pageToken=x`
    expect(await getJson(url)).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } })
  })
})

describe('Requesty lists', () => {
  it('lists everything without a key, and what is approved with one', async () => {
    const simulator = await start()
    const open = (await getJson(`${simulator.baseUrls.requesty}/models`)) as { data: unknown[] }
    expect(open.data).toHaveLength(5)
    const page = await client(simulator, 'requesty').models.list()
    expect(page.data).toHaveLength(4)
    expect(page.data.map(({ id }) => id)).toContain('netmind/deepseek-ai/DeepSeek-R1-0528')
  })

  it('has numbers for prices, and every documented field', async () => {
    const simulator = await start()
    const page = await client(simulator, 'requesty').models.list()
    const flags = ['caching', 'vision', 'computer_use', 'reasoning', 'image_generation']
    const more = ['tool_calling', 'role_developer', 'web_search', 'output_json_object']
    for (const row of page.data) {
      expect(row).toMatchObject({
        api: 'chat',
        object: 'model',
        owned_by: 'system',
        input_price: expect.any(Number),
        output_price: expect.any(Number),
        cached_price: expect.any(Number),
        max_output_tokens: expect.any(Number),
        context_window: expect.any(Number),
        description: expect.any(String),
        geolocation: expect.any(String),
        model_lab: expect.any(String),
        model_canonical_name: expect.any(String),
        supports_output_json_schema: expect.any(Boolean),
        supports_system_mid_conversation: expect.any(Boolean),
        data_retention: expect.any(Boolean),
        data_used_for_training: expect.any(Boolean),
      })
      for (const flag of [...flags, ...more]) {
        expect(row).toHaveProperty(`supports_${flag}`, expect.any(Boolean))
      }
    }
    expect(page.data[0]).toMatchObject({ pricing: [{ prompt_tokens_threshold: 200_000 }] })
    expect(page.data[1]).toMatchObject({ max_output_tokens: 0 })
    expect(page.data[1]).not.toHaveProperty('caching_price')
  })
})

describe('models that change', () => {
  it('lists and serves what a test puts there, until it is reset', async () => {
    const simulator = await start()
    simulator.replaceModels([simulatedModel({ dialect: 'openai', id: 'gpt-next' })])
    const openai = client(simulator, 'openai')
    expect((await openai.models.list()).data.map(({ id }) => id)).toEqual(['gpt-next'])
    simulator.reset()
    expect((await openai.models.list()).data).toHaveLength(6)
  })

  it('gives an empty list when told to', async () => {
    const simulator = await start()
    simulator.always({ path: '/models' }, { type: 'empty' })
    expect((await client(simulator, 'openai').models.list()).data).toEqual([])
    expect((await client(simulator, 'openrouter').models.list()).data).toEqual([])
    expect((await google(simulator).models.list()).page).toEqual([])
  })
})

describe('keys', () => {
  it('answers the key checks', async () => {
    const { baseUrls, keys } = await start()
    expect(await getJson(`${baseUrls.openrouter}/key`, keys.openrouter)).toMatchObject({
      data: {
        label: expect.any(String),
        limit: 100,
        limit_remaining: 100,
        usage: 0,
        is_free_tier: false,
        rate_limit: { requests: -1 },
        expires_at: null,
      },
    })
    expect(await getJson(`${baseUrls.openrouter}/auth/key`, keys.openrouter)).toHaveProperty('data')
    expect(await getJson(`${baseUrls.requestyApi}/auth/check`, keys.requesty)).toBeDefined()
    expect(
      await getJson(`${baseUrls.requestyApi}/manage/apikey/self`, keys.requesty),
    ).toMatchObject({ monthly_spend: '0.000000', monthly_limit: '100.000000' })
  })

  it('refuses a wrong key as each provider does', async () => {
    const { baseUrls } = await start()
    const status = async (url: string): Promise<number> =>
      (await fetch(url, { headers: { authorization: 'Bearer wrong' } })).status
    expect(await status(`${baseUrls.openrouter}/key`)).toBe(401)
    expect(await status(`${baseUrls.openai}/models`)).toBe(401)
    expect(await status(`${baseUrls.requestyApi}/auth/check`)).toBe(403)
    expect(await status(`${baseUrls.requesty}/models`)).toBe(403)
    expect(await status(`${baseUrls.openrouter}/models`)).toBe(200)
    const wrong = { 'x-goog-api-key': 'wrong' }
    const refused = await fetch(`${baseUrls.google}/v1beta/models`, { headers: wrong })
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({
      error: { status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }, {}] },
    })
  })

  it('takes new keys while it runs', async () => {
    const simulator = await start()
    const before = client(simulator, 'openai')
    simulator.replaceKeys({ openai: ['sk-new', 'sk-second'] })
    await expect(before.models.list()).rejects.toMatchObject({ status: 401 })
    await client(simulator, 'openai').models.list()
    expect(simulator.calls.map(({ credential }) => credential)).toEqual(['invalid', 'valid'])
  })
})
