import type { ModelsResponse, PreferenceResponse } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { startTestChat, temporaryFolder } from './__fixtures__/test-chat.ts'
import { Visitor } from './__fixtures__/visitor.ts'

const message = { role: 'user', content: 'Hello' }

async function chosenBy(visitor: Visitor): Promise<PreferenceResponse> {
  return (await visitor.get<PreferenceResponse>('/api/preferences')).body
}

describe('visitors', () => {
  it('each have a choice of their own, in a signed cookie that no script reads', async () => {
    const chat = await startTestChat()
    const [one, other] = [chat.visitor(), chat.visitor()]
    const first = await one.get('/api/preferences')
    expect(first.headers.get('set-cookie')).toMatch(/^imrs_session=.+HttpOnly; SameSite=Lax$/)
    expect(first.body).toEqual({ provider: null, model: null, updatedAt: null })
    const choice = { provider: 'google', model: 'gemini-2.5' }
    const put = await one.send<PreferenceResponse>('PUT', '/api/preferences', choice)
    expect(put.body).toMatchObject({ provider: 'google', model: 'google/gemini-2.5-flash' })
    expect(await chosenBy(one)).toEqual(put.body)
    expect((await one.ask('Hello')).decision).toMatchObject({
      model: 'google/gemini-2.5-flash',
      source: 'preference',
    })
    expect(await chosenBy(other)).toMatchObject({ model: null })
    const forged = new Visitor(chat.url, `${one.cookie}x`)
    expect(await chosenBy(forged)).toMatchObject({ model: null })
  })

  it('stay who they are over a restart', async () => {
    const dataFolder = await temporaryFolder()
    const before = await startTestChat({ dataFolder })
    const visitor = before.visitor()
    await visitor.get('/api/preferences')
    await visitor.send('PUT', '/api/preferences', { model: 'auto:cheap' })
    await before.close()
    const after = await startTestChat({ dataFolder })
    expect(await chosenBy(new Visitor(after.url, visitor.cookie))).toMatchObject({
      provider: null,
      model: 'preset:cheap',
    })
  })

  it('see the models without a cookie, and read the lists again a few times a minute', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    const { headers, body } = await visitor.get<ModelsResponse>('/api/models')
    expect(Object.keys(body.metadata.providers).toSorted()).toEqual([
      'google',
      'openai',
      'openrouter',
    ])
    expect(headers.get('cache-control')).toContain('s-maxage=60')
    expect(headers.get('set-cookie')).toBeNull()
    const forced: number[] = []
    for (let count = 0; count < 7; count += 1) {
      forced.push((await visitor.get('/api/models?force=true')).status)
    }
    expect(forced).toEqual([200, 200, 200, 200, 200, 200, 429])
    expect((await visitor.get('/api/models')).status).toBe(200)
  })

  it('are told which variable a model needs', async () => {
    const chat = await startTestChat({ environment: { OPENAI_API_KEY: 'sk-proj-simulator' } })
    const visitor = chat.visitor()
    const { body } = await visitor.get<ModelsResponse>('/api/models')
    const infoOf = (id: string): unknown => body.models.find((model) => model.id === id)
    expect(infoOf('openai/gpt-4o')).toMatchObject({ status: 'available' })
    expect(infoOf('google/gemini-2.5-flash')).toMatchObject({
      status: 'unavailable',
      errorMessage: expect.stringContaining('GEMINI_API_KEY') as string,
    })
    const asked = { messages: [message], provider: 'google', model: 'gemini-2.5' }
    const refused = await visitor.refused('POST', '/api/chat', asked)
    expect(refused.status).toBe(503)
    expect(refused.body.error.code).toBe('missing-credential')
    expect(refused.body.error.message).toContain('GEMINI_API_KEY')
    expect((await visitor.ask('Hello')).last.type).toBe('end')
  })

  it('speak to the mascot, see how its models did, and nothing of other agents', async () => {
    const chat = await startTestChat()
    const answer = await chat.router.chat({
      messages: [{ role: 'user', content: 'Hello' }],
      model: 'gpt-4o',
      agentId: 'other',
    })
    await answer.text()
    const visitor = chat.visitor()
    await visitor.ask('Hello', { model: 'gpt-4o-mini' })
    const figures = await visitor.get('/api/performance')
    expect(figures.body).toMatchObject({
      agentId: 'mascot',
      models: [{ model: 'openai/gpt-4o-mini', requests: 1 }],
    })
    expect((await visitor.get('/api/performance?agentId=other')).status).toBe(403)
    const other = { messages: [message], agentId: 'other' }
    expect((await visitor.refused('POST', '/api/chat', other)).status).toBe(403)
  })

  it('tell how long the picker took, which an admin reads', async () => {
    const chat = await startTestChat()
    const measures = [{ measure: 'open', durationMs: 21 }]
    const told = await chat.visitor().send('POST', '/api/metrics/picker', { measures })
    expect(told.status).toBe(204)
    expect(chat.router.metrics.snapshot().pickerPerformance).toMatchObject([
      { measure: 'open', count: 1, meanMs: 21 },
    ])
    expect((await chat.visitor().get('/api/metrics')).status).toBe(403)
  })

  it('get JSON for unknown addresses under /api, and a page elsewhere', async () => {
    const chat = await startTestChat()
    const api = await chat.visitor().get('/api/nothing')
    expect(api.status).toBe(404)
    expect(api.body).toMatchObject({ error: { code: 'not-found' } })
    const page = await chat.visitor().get<string>('/nothing')
    expect(page.status).toBe(404)
    expect(page.body).toContain('Back to the chat')
    expect(chat.reports).toEqual([])
  })
})
