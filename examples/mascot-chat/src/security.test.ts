import { gzipSync } from 'node:zlib'

import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'
import type { Visitor } from './__fixtures__/visitor.ts'

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

  it('serves all that it names itself', async () => {
    const { visitor, named } = await startPage()
    expect(named.some((path) => path.endsWith('.js'))).toBe(true)
    for (const path of named) {
      expect(path).toMatch(/^\//)
      const { status, headers } = await visitor.get(path)
      expect(status).toBe(200)
      const type = path.endsWith('.js') ? 'javascript' : path.endsWith('.css') ? 'css' : 'svg'
      expect(headers.get('content-type')).toContain(type)
    }
  })

  it('is there with less than 200 KB, and reads the colours of code when there is code', async () => {
    const { visitor, named } = await startPage()
    const files = await Promise.all(named.map((path) => visitor.get<string>(path)))
    const bytes = files.map(({ body }) => gzipSync(body).length)
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(200_000)
    const scripts = files.filter(({ headers }) =>
      /javascript/.test(`${headers.get('content-type')}`),
    )
    expect(scripts.map(({ body }) => body).join('')).not.toContain('hljs-')
  })

  it('has another one for addresses that lead nowhere', async () => {
    const chat = await startTestChat()
    const { status, body } = await chat.visitor().get<string>('/nowhere')
    expect(status).toBe(404)
    expect(body).toContain('There is nothing here')
  })
})

/** The page, and the files it names: what a browser reads first. */
async function startPage(): Promise<{ visitor: Visitor; named: readonly string[] }> {
  const chat = await startTestChat()
  const visitor = chat.visitor()
  const { body } = await visitor.get<string>('/')
  const named = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '')
  return { visitor, named }
}

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
