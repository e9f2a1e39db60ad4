import type { ModelsResponse } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'
import type { PageConfig } from './page-config.ts'
import { PICKER_MODELS } from './picker-models.ts'

describe('GET /api/models', () => {
  it('lists every model of every provider in the form of the contract', async () => {
    const chat = await startTestChat()
    const { status, body, headers } = await chat.visitor().get<ModelsResponse>('/api/models')
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['models', 'metadata'])
    expect(body.metadata.totalModels).toBe(body.models.length)
    expect(Object.keys(body.metadata.providers).toSorted()).toEqual([
      'google',
      'openai',
      'openrouter',
    ])
    for (const { seed } of PICKER_MODELS) {
      const id = `${seed.providerId}/${seed.externalId}`
      const info = body.models.find((model) => model.id === id)
      expect(info).toMatchObject({ id, status: 'available', providerHealth: 'healthy' })
      expect(new Date(info?.lastChecked ?? '').getTime()).toBeGreaterThan(0)
    }
    expect(headers.get('cache-control')).toContain('s-maxage=60')
    expect(headers.get('set-cookie')).toBeNull()
  })

  it('reads the lists again when it is forced to, but not for ever', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    chat.simulator.reset()
    const { body } = await visitor.get<ModelsResponse>('/api/models?force=true')
    expect(body.metadata.cacheHit).toBe(false)
    expect(chat.simulator.calls.some(({ operation }) => operation === 'list')).toBe(true)
    const more = await Promise.all(
      Array.from({ length: 6 }, () => visitor.get('/api/models?force=true')),
    )
    const limited = more.find(({ status }) => status === 429)
    expect(limited?.headers.get('retry-after')).toBe('60')
    expect(limited?.body).toMatchObject({ error: { code: 'rate-limited', retry_after_ms: 60_000 } })
    expect((await visitor.get('/api/models')).status).toBe(200)
  })

  it('says of models without a key which variable to set', async () => {
    const chat = await startTestChat({ environment: { OPENAI_API_KEY: 'sk-proj-simulator' } })
    const { body } = await chat.visitor().get<ModelsResponse>('/api/models')
    const status = (id: string): unknown => body.models.find((model) => model.id === id)
    expect(status('openai/gpt-4o')).toMatchObject({ status: 'available' })
    expect(status('google/gemini-2.5-flash')).toMatchObject({
      status: 'unavailable',
      errorMessage: expect.stringContaining('GEMINI_API_KEY'),
    })
  })
})

describe('GET /config.json', () => {
  it('tells the page of the presets, by the names a request asks for them', async () => {
    const chat = await startTestChat()
    await chat.router.presets.set({ id: 'cheap', displayName: 'Thrifty', models: { filter: {} } })
    await chat.router.presets.set({ id: 'other', models: { filter: {} } })
    const { body } = await chat.visitor().get<PageConfig>('/config.json')
    expect(body.presets.map(({ id, name }) => [id, name])).toEqual([
      ['preset:cheap', 'Thrifty'],
      ['preset:fast', 'Fast'],
      ['preset:best', 'Best'],
    ])
  })

  it('tells the page of the six models, the default and the simulator', async () => {
    const chat = await startTestChat()
    const { body } = await chat.visitor().get<PageConfig>('/config.json')
    expect(body.models.map(({ name }) => name)).toEqual([
      'gemini-2.5',
      'gemini-3.0-flash',
      'gpt-4o',
      'gpt-4o-mini',
      'xiaomi/mimo-v2-flash',
      'allenai/molmo-2-8b:free',
    ])
    expect(body).toMatchObject({
      defaultModel: 'openai/gpt-4o-mini',
      isSimulator: true,
      strategy: { name: 'weighted' },
    })
    expect(body.models[4]?.retired).toEqual({ on: '2026-06-17', successor: 'xiaomi/mimo-v2.5' })
  })
})
