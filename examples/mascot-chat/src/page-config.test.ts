import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'
import type { PageConfig } from './page-config.ts'

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
      strategy: { name: 'best-value' },
    })
    expect(body.models[4]?.retired).toEqual({ on: '2026-06-17', successor: 'xiaomi/mimo-v2.5' })
  })
})
