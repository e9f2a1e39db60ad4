import { GoogleGenAI } from '@google/genai'
import fc from 'fast-check'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'

import { SIMULATED_DIALECTS, SIMULATED_FAILURE_KINDS, startSimulator } from './index.ts'
import type { Behaviour, Simulator } from './index.ts'

const NOW_MS = Date.UTC(2026, 0, 1)
const stillClock = { now: () => NOW_MS, sleep: () => Promise.resolve() }

async function start(): Promise<Simulator> {
  const simulator = await startSimulator({ runtime: stillClock })
  onTestFinished(() => simulator.close())
  return simulator
}

interface RawAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: unknown
}

const chatModels = {
  openai: 'gpt-4o',
  openrouter: 'xiaomi/mimo-v2-flash',
  requesty: 'openai/o3:flex',
  anthropic: 'claude-haiku-4-5-20251001',
}

async function ask(
  simulator: Simulator,
  dialect: (typeof SIMULATED_DIALECTS)[number],
  overrides: Record<string, unknown> = {},
): Promise<RawAnswer> {
  const isGoogle = dialect === 'google'
  const path = chatPathOf(dialect)
  const body = isGoogle
    ? { contents: [{ parts: [{ text: 'hi' }] }], ...overrides }
    : {
        model: chatModels[dialect],
        messages: [{ role: 'user', content: 'hi' }],
        ...(dialect === 'anthropic' ? { max_tokens: 100 } : {}),
        ...overrides,
      }
  return send(simulator, { dialect, path, body: JSON.stringify(body) })
}

function chatPathOf(dialect: (typeof SIMULATED_DIALECTS)[number]): string {
  if (dialect === 'anthropic') return '/v1/messages'
  return dialect === 'google'
    ? '/v1beta/models/gemini-2.5-flash:generateContent'
    : '/chat/completions'
}

async function send(
  { baseUrls, keys }: Simulator,
  request: { dialect: (typeof SIMULATED_DIALECTS)[number]; path: string; body?: string },
): Promise<RawAnswer> {
  const key = keys[request.dialect]
  const response = await fetch(baseUrls[request.dialect] + request.path, {
    method: request.body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'x-goog-api-key': key,
      'x-api-key': key,
      'anthropic-version': '2023-06-01',
    },
    ...(request.body === undefined ? {} : { body: request.body }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  }
}

describe('errors that a request deserves', () => {
  it('refuses malformed JSON with each provider’s 400, and goes on', async () => {
    const simulator = await start()
    for (const dialect of SIMULATED_DIALECTS) {
      const path = chatPathOf(dialect)
      const refused = await send(simulator, { dialect, path, body: '{"model":' })
      expect(refused).toMatchObject({
        status: 400,
        body: { error: { message: expect.any(String) } },
      })
      expect((await ask(simulator, dialect)).status).toBe(200)
    }
    expect(simulator.calls[0]).toMatchObject({ outcome: 'refused', body: undefined })
  })

  it('refuses an unknown model with each provider’s 404', async () => {
    const simulator = await start()
    expect(await ask(simulator, 'openai', { model: 'gpt-9' })).toMatchObject({
      status: 404,
      body: { error: { type: 'invalid_request_error', param: null, code: 'model_not_found' } },
    })
    expect(await ask(simulator, 'openrouter', { model: 'a/b' })).toMatchObject({
      status: 404,
      body: { error: { code: 404, message: 'No endpoints found for a/b.' } },
    })
    expect(await ask(simulator, 'requesty', { model: 'a/b' })).toMatchObject({
      status: 404,
      body: { error: { origin: 'router', message: 'Provider and/or model not supported' } },
    })
  })

  it('answers an unknown path with each provider’s 404', async () => {
    const simulator = await start()
    expect(await send(simulator, { dialect: 'openai', path: '/nowhere' })).toMatchObject({
      status: 404,
      body: { error: { message: 'Invalid URL (GET /openai/v1/nowhere)' } },
    })
    const page = await send(simulator, { dialect: 'google', path: '/v1beta/nowhere' })
    expect(page).toMatchObject({ status: 404, body: expect.stringContaining('<!DOCTYPE html>') })
    expect((await fetch(`${simulator.url}/elsewhere`)).status).toBe(404)
  })

  it('refuses fields that OpenAI does not know', async () => {
    const simulator = await start()
    const refused = await ask(simulator, 'openai', { usage: { include: true } })
    expect(refused).toMatchObject({ status: 400, body: { error: { param: 'usage' } } })
    expect((await ask(simulator, 'openrouter', { usage: { include: true } })).status).toBe(200)
  })

  it('refuses messages of nobody', async () => {
    const simulator = await start()
    for (const role of [7, 'robot', undefined]) {
      const messages = [
        { role: 'user', content: 'hi' },
        { role, content: 'hi' },
      ]
      const refused = await ask(simulator, 'openai', { messages })
      expect(refused).toMatchObject({ status: 400, body: { error: { param: 'messages[1].role' } } })
      expect((await ask(simulator, 'openrouter', { messages })).status).toBe(400)
    }
  })

  it('refuses tools where OpenRouter has no endpoint for them', async () => {
    const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }]
    const refused = await ask(await start(), 'openrouter', {
      model: 'allenai/molmo-2-8b:free',
      tools,
    })
    expect(refused).toMatchObject({
      status: 404,
      body: { error: { message: 'No endpoints found that support tool use.' } },
    })
  })

  it('refuses more tokens than the context holds', async () => {
    const simulator = await start()
    const content = 'word '.repeat(120_000)
    const refused = await ask(simulator, 'openai', { messages: [{ role: 'user', content }] })
    expect(refused).toMatchObject({
      status: 400,
      body: { error: { code: 'context_length_exceeded', param: 'messages' } },
    })
  })

  it('refuses more than 20 MB', async () => {
    const simulator = await start()
    for (const dialect of SIMULATED_DIALECTS) {
      const path = chatPathOf(dialect)
      const refused = await send(simulator, { dialect, path, body: ' '.repeat(21 * 1024 * 1024) })
      expect(refused.status).toBe(413)
    }
  })

  it('survives any JSON, in and around the fields it reads', async () => {
    const simulator = await start()
    const names = [
      'messages',
      'contents',
      'tools',
      'tool_choice',
      'response_format',
      'stop',
      'system',
    ]
    const more = [
      'generationConfig',
      'toolConfig',
      'stream_options',
      'reasoning',
      'max_tokens',
      'thinking',
    ]
    const field = fc.constantFrom(...names, ...more)
    const overrides = fc.dictionary(field, fc.jsonValue(), { maxKeys: 3, noNullPrototype: true })
    await fc.assert(
      fc.asyncProperty(overrides, fc.constantFrom(...SIMULATED_DIALECTS), async (body, dialect) => {
        const { status } = await ask(simulator, dialect, body)
        expect([200, 400, 404]).toContain(status)
      }),
      { numRuns: 300 },
    )
  })

  it('reaches the official clients as they report it', async () => {
    const { baseUrls } = await start()
    const openai = new OpenAI({
      baseURL: baseUrls.openai,
      apiKey: 'sk-wrong-key-of-mine',
      maxRetries: 0,
    })
    const messages = [{ role: 'user' as const, content: 'hi' }]
    await expect(
      openai.chat.completions.create({ model: 'gpt-4o', messages }),
    ).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
      message: expect.stringContaining('sk-wrong********mine'),
    })
    const ai = new GoogleGenAI({ apiKey: 'x', httpOptions: { baseUrl: baseUrls.google } })
    await expect(
      ai.models.generateContent({ model: 'gemini-2.5-flash', contents: 'hi' }),
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('API_KEY_INVALID') })
  })
})

describe('errors that a script asks for', () => {
  it.each(SIMULATED_DIALECTS)('has a body and a status of %s for every kind', async (dialect) => {
    const simulator = await start()
    for (const failure of SIMULATED_FAILURE_KINDS) {
      simulator.script({}, { type: 'fail', failure })
      const { status, body } = await ask(simulator, dialect)
      expect(status).toBeGreaterThanOrEqual(400)
      if (dialect !== 'google' || failure !== 'unknown-route') {
        expect(body).toMatchObject({ error: { message: expect.any(String) } })
      }
    }
    expect(simulator.calls.every(({ outcome }) => outcome === 'faulted')).toBe(true)
  })

  it('turns a bare status into what the provider sends with it', async () => {
    const simulator = await start()
    simulator.always({}, { type: 'status', status: 429 })
    expect((await ask(simulator, 'openai')).body).toMatchObject({
      error: { code: 'rate_limit_exceeded', type: 'requests' },
    })
    expect((await ask(simulator, 'google')).body).toMatchObject({
      error: { status: 'RESOURCE_EXHAUSTED' },
    })
    simulator.reset()
    simulator.always({}, { type: 'status', status: 418, message: 'teapot' })
    expect(await ask(simulator, 'openrouter')).toMatchObject({
      status: 418,
      body: { error: { code: 418, message: 'teapot' } },
    })
  })

  it('sends a body and headers of the script’s own', async () => {
    const simulator = await start()
    simulator.script({}, { type: 'status', status: 502, body: '<h1>Bad gateway</h1>' })
    simulator.script({}, { type: 'status', status: 500, body: { odd: 1 }, headers: { 'x-a': 'b' } })
    const page = await ask(simulator, 'openai')
    expect(page).toMatchObject({ status: 502, body: '<h1>Bad gateway</h1>' })
    const odd = await ask(simulator, 'openai')
    expect(odd).toMatchObject({ status: 500, body: { odd: 1 } })
    expect(odd.headers.get('x-a')).toBe('b')
  })

  it('says when to come back in every form', async () => {
    const simulator = await start()
    const retry = (form: 'seconds' | 'date' | 'milliseconds' | 'native'): Behaviour => ({
      type: 'fail',
      failure: 'rate-limited',
      retryAfter: { form, delayMs: 34_000 },
    })
    simulator.script({}, retry('seconds'), retry('date'), retry('milliseconds'))
    expect((await ask(simulator, 'openai')).headers.get('retry-after')).toBe('34')
    expect((await ask(simulator, 'openai')).headers.get('retry-after')).toBe(
      'Thu, 01 Jan 2026 00:00:34 GMT',
    )
    expect((await ask(simulator, 'openai')).headers.get('retry-after-ms')).toBe('34000')

    simulator.always({}, retry('native'))
    const openai = await ask(simulator, 'openai')
    expect(openai.headers.get('x-ratelimit-reset-requests')).toBe('34s')
    expect((await ask(simulator, 'openrouter')).body).toMatchObject({
      error: { metadata: { headers: { 'X-RateLimit-Reset': String(NOW_MS + 34_000) } } },
    })
    expect((await ask(simulator, 'google')).body).toMatchObject({
      error: { details: [{}, {}, { retryDelay: '34s' }] },
    })
    expect((await ask(simulator, 'requesty')).headers.get('retry-after')).toBe('34')
  })

  it('hides an error in a success', async () => {
    const simulator = await start()
    simulator.script({}, { type: 'success-with-error' })
    simulator.script({}, { type: 'success-with-error', place: 'in-choice' })
    expect(await ask(simulator, 'openai')).toMatchObject({ status: 200, body: { error: {} } })
    expect(await ask(simulator, 'openrouter')).toMatchObject({
      status: 200,
      body: { choices: [{ finish_reason: 'error', error: { code: 503 } }] },
    })
  })

  it('uses up a queue in order, for the requests that match', async () => {
    const simulator = await start()
    const handle = simulator.script(
      { model: 'gpt-4o' },
      { type: 'status', status: 500 },
      { type: 'normal' },
      { type: 'status', status: 503 },
    )
    expect((await ask(simulator, 'openai', { model: 'gpt-4o-mini' })).status).toBe(200)
    expect(handle.pending).toBe(3)
    const statuses = []
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await ask(simulator, 'openai')).status)
    }
    expect(statuses).toEqual([500, 200, 503, 200])
    expect(handle.pending).toBe(0)
  })

  it('strikes lists only when told to', async () => {
    const simulator = await start()
    simulator.always({}, { type: 'status', status: 500 })
    expect((await send(simulator, { dialect: 'openai', path: '/models' })).status).toBe(200)
    const handle = simulator.always({ operation: 'list' }, { type: 'status', status: 503 })
    expect((await send(simulator, { dialect: 'openai', path: '/models' })).status).toBe(503)
    handle.remove()
    expect((await send(simulator, { dialect: 'openai', path: '/models' })).status).toBe(200)
  })
})
