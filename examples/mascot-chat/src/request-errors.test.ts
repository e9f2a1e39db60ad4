import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'

const message = { role: 'user', content: 'Hello' }

describe('what is refused', () => {
  it.each([
    ['a field that is missing', {}, 'messages'],
    ['a wrong type', { messages: 'Hello' }, 'messages'],
    ['no message', { messages: [] }, 'messages'],
    ['a wrong type inside', { messages: [{ role: 'user', content: 5 }] }, 'messages[0].content'],
    ['a model that is no text', { messages: [message], model: 7 }, 'model'],
    ['a model that is empty', { messages: [message], model: '' }, 'model'],
    ['a body that is no object', [], 'body'],
  ])('answers 400 with the field to %s', async (_name, body, field) => {
    const chat = await startTestChat()
    const { status, body: answer } = await chat.visitor().refused('POST', '/api/chat', body)
    expect(status).toBe(400)
    expect(answer.error).toMatchObject({ code: 'invalid-request', field })
    expect(answer.error.request_id).not.toBe('')
  })

  it('answers 400 to a body that is not JSON, is too large or is something else', async () => {
    const chat = await startTestChat()
    const post = async (
      body: string,
      contentType: string,
    ): Promise<[number, string | undefined]> => {
      const headers = { 'content-type': contentType }
      const reply = await chat.visitor().request('/api/chat', { method: 'POST', headers, body })
      const { error } = (await reply.json()) as { error: { field?: string } }
      return [reply.status, error.field]
    }
    expect(await post('{"messages": [', 'application/json')).toEqual([400, 'body'])
    expect(await post(JSON.stringify('x'.repeat(10_500_000)), 'application/json')).toEqual([
      400,
      'body',
    ])
    expect(await post('messages=Hello', 'application/x-www-form-urlencoded')).toEqual([
      400,
      'content-type',
    ])
    expect(await post('{}', 'text/plain')).toEqual([400, 'content-type'])
    expect((await chat.visitor().ask('Hello')).last.type).toBe('end')
  })

  it('takes a message with a picture of several megabytes', async () => {
    const chat = await startTestChat()
    const file = { type: 'file', mediaType: 'image/png', data: 'A'.repeat(4_000_000) }
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, file] }]
    const reply = await chat.visitor().send('POST', '/api/chat', { messages, model: 'gemini-2.5' })
    expect(reply.status).toBe(200)
  })

  it('names the valid models when one is unknown', async () => {
    const chat = await startTestChat()
    for (const [method, path] of [
      ['POST', '/api/chat'],
      ['PUT', '/api/preferences'],
    ] as const) {
      const body = { messages: [message], model: 'gpt-4o-nano' }
      const { status, body: answer } = await chat.visitor().refused(method, path, body)
      expect(status).toBe(400)
      expect(answer.error).toMatchObject({ code: 'unknown-model', field: 'model' })
      expect(answer.error.message).toContain('openai/gpt-4o')
    }
  })

  it('names the valid ones when the model is not of the provider', async () => {
    const chat = await startTestChat()
    for (const [method, path] of [
      ['POST', '/api/chat'],
      ['PUT', '/api/preferences'],
    ] as const) {
      const body = { messages: [message], provider: 'google', model: 'gpt-4o' }
      const { status, body: answer } = await chat.visitor().refused(method, path, body)
      expect(status).toBe(400)
      expect(answer.error.code).toBe('model-provider-mismatch')
      expect(answer.error.message).toContain('google/gemini-2.5-flash')
    }
  })

  it('answers 503 and names the variable when a key is missing', async () => {
    const chat = await startTestChat({ environment: { OPENAI_API_KEY: 'sk-proj-simulator' } })
    const body = { messages: [message], provider: 'google', model: 'gemini-2.5' }
    const { status, body: answer } = await chat.visitor().refused('POST', '/api/chat', body)
    expect(status).toBe(503)
    expect(answer.error.code).toBe('missing-credential')
    expect(answer.error.message).toContain('GEMINI_API_KEY')
    expect((await chat.visitor().ask('Hello')).last.type).toBe('end')
  })

  it('answers unknown addresses with JSON under /api and with a page elsewhere', async () => {
    const chat = await startTestChat()
    const api = await chat.visitor().get('/api/nothing')
    expect(api.status).toBe(404)
    expect(api.body).toMatchObject({ error: { code: 'not-found' } })
    const page = await chat.visitor().get<string>('/nothing')
    expect(page.status).toBe(404)
    expect(page.body).toContain('Back to the chat')
    expect((await chat.visitor().get('/api/decisions/%E0%A4%A')).status).toBe(400)
  })

  it('refuses what another site asks a browser to change', async () => {
    const chat = await startTestChat()
    const put = async (headers: Record<string, string>): Promise<number> => {
      const init = {
        method: 'PUT',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"model":"gpt-4o"}',
      }
      return (await chat.visitor().request('/api/preferences', init)).status
    }
    expect(await put({ origin: 'https://example.com' })).toBe(403)
    expect(await put({ origin: 'null' })).toBe(403)
    expect(await put({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await put({ origin: chat.url })).toBe(200)
    expect(await put({})).toBe(200)
  })

  it('reports nothing of all that, for none of it is a fault of ours', async () => {
    const chat = await startTestChat()
    await chat.visitor().refused('POST', '/api/chat', {})
    await chat.visitor().get('/nothing')
    expect(chat.reports).toEqual([])
  })
})
