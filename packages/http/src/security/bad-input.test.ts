import { describe, expect, it } from 'vitest'

import { BAD_INPUT } from '../__fixtures__/bad-input.ts'
import type { BadInput } from '../__fixtures__/bad-input.ts'
import { identityOf, openDoor, statedIdentity } from '../__fixtures__/open-door.ts'
import type { OpenDoor } from '../__fixtures__/open-door.ts'
import { askHandler, askPort, listenOn, writeTo } from '../__fixtures__/raw-request.ts'
import type { RawAnswer, RawRequest } from '../__fixtures__/raw-request.ts'
import { createHandler } from '../create-handler.ts'

const authorization = `Bearer ${JSON.stringify(identityOf('platform_admin'))}`
function asAdmin({ request }: BadInput): RawRequest {
  return { ...request, headers: { authorization, ...request.headers } }
}

interface ErrorBody {
  readonly error: Record<string, unknown>
}

/** The answer has the status, the form of its door, and nothing of the inside. */
function expectRefusal(answer: RawAnswer, { request: { path }, status, field }: BadInput): void {
  expect(answer.status, answer.text.slice(0, 500)).toBe(status)
  const { error } = JSON.parse(answer.text) as ErrorBody
  expect(error).toMatchObject({
    code: expect.any(String) as unknown,
    request_id: answer.headers['x-request-id'],
  })
  expect(error).toHaveProperty('message')
  if (path.startsWith('/v1/'))
    expect(error).toMatchObject({ type: expect.any(String) as unknown, param: field ?? null })
  else if (field !== undefined) expect(error).toHaveProperty('field', field)
  expect(answer.text.length).toBeLessThan(2000)
  expect(answer.text).not.toMatch(/node_modules|\.ts\b|sqlite|at \w+ \(/i)
  if (status === 405) expect(answer.headers['allow']).toMatch(/GET|POST/)
}

describe('bad input', () => {
  it.each(BAD_INPUT)('gets $status: $name', async (bad) => {
    const door = await openDoor()
    expectRefusal(await askHandler(door.handler, asAdmin(bad)), bad)
    expect(door.failures).toEqual([])
  })

  it('gets the same over a socket', async () => {
    const door = await openDoor()
    const port = await listenOn(door.handler)
    for (const bad of BAD_INPUT) expectRefusal(await askPort(port, asAdmin(bad)), bad)
    expect(door.failures).toEqual([])
  })
})

const LIMIT = 2000
const big = JSON.stringify({ messages: [{ role: 'user', content: 'x'.repeat(LIMIT) }] })
const headers = { authorization, 'content-type': 'application/json' }

async function openSmall(): Promise<{ readonly door: OpenDoor; readonly port: number }> {
  const door = await openDoor({ http: { maxBodyBytes: LIMIT } })
  return { door, port: await listenOn(door.handler) }
}

describe('a body that is too large', () => {
  it.each(['/api/chat', '/v1/chat/completions', '/api/v2/admin/providers'])(
    'is refused at %s, with a length and in chunks',
    async (path) => {
      const { door, port } = await openSmall()
      const refusal = { request: { method: 'POST', path }, status: 413, field: 'body', name: '' }
      const request = { method: 'POST', path, headers, body: big }
      expectRefusal(await askHandler(door.handler, request), refusal)
      expectRefusal(await askPort(port, request), refusal)
      const chunked = { ...headers, 'transfer-encoding': 'chunked' }
      expectRefusal(await askPort(port, { ...request, headers: chunked }), refusal)
    },
  )

  it('is refused by the length it claims, before it comes', async () => {
    const { port } = await openSmall()
    const head = `POST /api/chat HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: ${authorization}\r\nContent-Type: application/json\r\n`
    expect(await writeTo(port, `${head}Content-Length: 999999999999\r\n\r\n{`)).toMatch(
      /^HTTP\/1\.1 413 /,
    )
  })

  it('is read no further than the limit when nobody said how long it is', async () => {
    const { door } = await openSmall()
    let pulled = 0
    const body = new ReadableStream({
      pull: (controller) => {
        pulled += 1
        controller.enqueue(new Uint8Array(500).fill(0x20))
      },
    })
    const request = new Request('http://localhost/api/chat', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit)
    expect((await door.handler(request)).status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })
})

describe('what is odd and not wrong', () => {
  it('a mark at the beginning of the text is passed over', async () => {
    const { handler } = await openDoor()
    const body = `\uFEFF${JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], model: 'auto' })}`
    expect(
      (await askHandler(handler, { method: 'POST', path: '/api/decide', headers, body })).status,
    ).toBe(200)
  })

  it('a body where none belongs is not read', async () => {
    const { handler } = await openDoor()
    const port = await listenOn(handler)
    const request = {
      method: 'GET',
      path: '/api/v2/admin/providers',
      headers: { ...headers, 'content-length': '13' },
      body: '{"a":1,"a":2}',
    }
    expect((await askPort(port, request)).status).toBe(200)
  })

  it('half of a pair, as scripts cut text, is no failure', async () => {
    const door = await openDoor()
    const body = '{"messages":[{"role":"user","content":"a\\ud83d"}],"model":"auto"}'
    expect(
      (await askHandler(door.handler, { method: 'POST', path: '/api/chat', headers, body })).status,
    ).toBe(200)
    const provider =
      '{"id":"p","provider_type":"custom","api_base":"https://203.0.113.7/v1","display_name":"a\\ud83d","settings":{"a\\ud83d":"\\ud83d"}}'
    const { status } = await askHandler(door.handler, {
      method: 'POST',
      path: '/api/v2/admin/providers',
      headers,
      body: provider,
    })
    expect([201, 400]).toContain(status)
    expect(door.failures).toEqual([])
  })

  it.each([
    '/api/v2/admin/providers',
    '/api/models',
    '/api/health/live',
    '/v1/models',
    '/api/models/events',
  ])('HEAD of %s answers like GET, without the body', async (path) => {
    const { handler } = await openDoor()
    const port = await listenOn(handler)
    const answer = await askPort(port, { method: 'HEAD', path, headers: { authorization } })
    expect(answer).toMatchObject({ status: 200, text: '' })
    expect(answer.headers['content-type']).toMatch(/^(application\/json|text\/event-stream)/)
  })

  it('HEAD of a stream ends the stream', async () => {
    const { router } = await openDoor()
    let listening = 0
    const on: typeof router.on = (type, listener) => {
      const stop = router.on(type, listener)
      listening += 1
      return () => {
        listening -= 1
        stop()
      }
    }
    const counted = createHandler({ router: { ...router, on }, authentication: [statedIdentity] })
    const path = '/api/models/events'
    const { body } = await counted(new Request(`http://localhost${path}`, { headers }))
    await expect.poll(() => listening).toBeGreaterThan(0)
    await body?.cancel()
    await expect.poll(() => listening).toBe(0)
    await askHandler(counted, { method: 'HEAD', path, headers })
    await expect.poll(() => listening).toBe(0)
  })

  it('OPTIONS tells other origins nothing', async () => {
    const { handler } = await openDoor()
    const port = await listenOn(handler)
    const asked = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answer = await askPort(port, { method: 'OPTIONS', path: '/api/chat', headers: asked })
    expect(answer.status).toBe(204)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('what Node itself refuses', () => {
  it.each([
    [
      'headers of 100,000 bytes',
      `GET /api/models HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`,
    ],
    [
      'an address of 100,000 bytes',
      `GET /api/models?${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    ],
    [
      'two lengths',
      'POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}',
    ],
    [
      'a length and chunks',
      'POST /api/chat HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no HTTP at all', '\x16\x03\x01\x02\x00\x01\r\n\r\n'],
  ])('%s', async (_name, bytes) => {
    const { handler } = await openDoor()
    const port = await listenOn(handler)
    expect(await writeTo(port, bytes)).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  it('a Host that is none is a bad request and no failure', async () => {
    const door = await openDoor()
    const port = await listenOn(door.handler)
    const bytes = 'GET /api/health/live HTTP/1.1\r\nHost: a b/c@d\r\nConnection: close\r\n\r\n'
    expect(await writeTo(port, bytes)).toMatch(/^HTTP\/1\.1 400 /)
    expect(door.failures).toEqual([])
  })
})
