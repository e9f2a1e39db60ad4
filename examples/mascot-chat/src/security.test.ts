import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'

describe('the page', () => {
  it('comes with headers that let nothing else in', async () => {
    const chat = await startTestChat()
    const { status, headers, body } = await chat.visitor().get<string>('/')
    expect(status).toBe(200)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-powered-by')).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(body).not.toMatch(/<script(?![^>]*\bsrc=)/)
    expect(body).not.toMatch(/\son\w+=|\sstyle=|https?:\/\//)
  })

  it('serves the libraries it imports itself', async () => {
    const chat = await startTestChat()
    for (const name of ['marked.js', 'purify.js']) {
      const { status, headers } = await chat.visitor().get(`/vendor/${name}`)
      expect(status).toBe(200)
      expect(headers.get('content-type')).toContain('javascript')
    }
  })
})

it('gives no key away, whatever is asked', async () => {
  const key = 'sk-proj-canary-0123456789abcdef'
  const chat = await startTestChat({
    environment: { OPENAI_API_KEY: key, GEMINI_API_KEY: key, OPENROUTER_API_KEY: key },
  })
  const visitor = chat.visitor()
  const seen = await Promise.all([
    ...['/', '/config.json', '/api/models', '/api/models?force=true', '/api/preferences'].map(
      async (path) => JSON.stringify((await visitor.get(path)).body),
    ),
    visitor.ask('Hello', { model: 'gpt-4o' }).then(JSON.stringify),
    visitor.ask('Hello', { model: 'auto' }).then(JSON.stringify),
    visitor.refused('PUT', '/api/preferences', { model: key.slice(0, 4) }).then(JSON.stringify),
  ])
  expect(seen.join('\n')).not.toContain('canary')
  expect(chat.reports.join('\n')).not.toContain('canary')
})
