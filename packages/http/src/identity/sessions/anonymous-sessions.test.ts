import { createTestRuntime } from '@imrs/testing/host'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor, statedIdentity } from '../../__fixtures__/open-door.ts'
import { anonymousSessions } from './anonymous-sessions.ts'
import { sessionOf, signSession } from './session-cookie.ts'

const secret = 'a secret that has thirty-two bytes at least'
const path = '/api/preferences'

describe('a visitor without an account', () => {
  it('becomes a user, stays the same one, and is nobody’s admin', async () => {
    const runtime = createTestRuntime()
    const sessions = anonymousSessions({ secret, runtime })
    const { send } = await openDoor({ http: { authentication: [statedIdentity, sessions] } })
    const first = await send({ path, as: null })
    const cookie = first.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(
      /^imrs_session=[^;]+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const headers = { cookie: cookie.split(';')[0] ?? '' }
    const body = { model: 'fake/large' }
    const put = await send({ method: 'PUT', path, as: null, body, headers })
    expect(put.headers.has('set-cookie')).toBe(false)
    expect(await bodyOf(await send({ path, as: null, headers }))).toMatchObject({
      model: 'fake/large',
    })
    expect(await bodyOf(await send({ path, as: null }))).toMatchObject({ model: null })
    expect((await send({ path: '/api/v2/admin/providers', as: null, headers })).status).toBe(403)
    expect((await send({ path, as: identityOf('agent_user') })).headers.has('set-cookie')).toBe(
      false,
    )
  })

  it('is not made of a bearer whose token nobody knows', async () => {
    const sessions = anonymousSessions({ secret })
    const { send } = await openDoor({ http: { authentication: [sessions] } })
    const headers = { authorization: 'Bearer unknown' }
    expect((await send({ path, as: null, headers })).status).toBe(401)
  })

  it('cannot be sent by another site', async () => {
    const { send } = await openDoor({ http: { authentication: [anonymousSessions({ secret })] } })
    const headers = { origin: 'https://evil.example' }
    const body = { model: 'fake/large' }
    expect((await send({ method: 'PUT', path, as: null, body, headers })).status).toBe(403)
  })
})

describe('a session’s cookie', () => {
  const id = '0199a000-0000-7000-8000-000000000001'
  const nowMs = Number.parseInt('0199a0000000', 16)
  const rules = { secret, nowMs, maxAgeMs: 1000 }

  it('is believed as it was signed, while it is not too old', () => {
    const cookie = signSession(id, secret)
    expect(sessionOf(cookie, rules)).toBe(id)
    expect(sessionOf(cookie, { ...rules, nowMs: nowMs + 1000 })).toBe(id)
    expect(sessionOf(cookie, { ...rules, nowMs: nowMs + 1001 })).toBeUndefined()
    expect(sessionOf(signSession(id, `${secret}!`), rules)).toBeUndefined()
  })

  it('is not believed with any other character in it', () => {
    const cookie = signSession(id, secret)
    fc.assert(
      fc.property(
        fc.nat(cookie.length - 1),
        fc.string({ minLength: 1, maxLength: 1 }),
        (at, other) => {
          fc.pre(cookie[at] !== other)
          const changed = `${cookie.slice(0, at)}${other}${cookie.slice(at + 1)}`
          expect(sessionOf(changed, rules)).toBeUndefined()
        },
      ),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(sessionOf(text, rules)).toBeUndefined()
      }),
    )
  })
})

describe('visitors who come for the first time', () => {
  it('share a limit by address, as sessions cost nothing to make', async () => {
    const authentication = [anonymousSessions({ secret })]
    const http = { authentication, rateLimits: { read: 2 } }
    const byAddress = await openDoor({ http })
    const from = async (
      { handler }: typeof byAddress,
      clientAddress?: string,
      headers = {},
    ): Promise<Response> =>
      handler(new Request('http://localhost/api/preferences', { headers }), { clientAddress })
    const first = await from(byAddress, '192.0.2.1')
    expect((await from(byAddress, '192.0.2.1')).status).toBe(200)
    expect((await from(byAddress, '192.0.2.1')).status).toBe(429)
    expect((await from(byAddress, '192.0.2.2')).status).toBe(200)
    // Who has a session is counted alone.
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await from(byAddress, '192.0.2.1', { cookie })).status).toBe(200)
    const proxied = await openDoor({
      http: { ...http, clientAddressOf: ({ headers }) => headers.get('x-real-ip') ?? undefined },
    })
    const behind = async (address: string): Promise<number> =>
      (await from(proxied, '127.0.0.1', { 'x-real-ip': address })).status
    expect([await behind('a'), await behind('a'), await behind('a'), await behind('b')]).toEqual([
      200, 200, 429, 200,
    ])
  })
})
