import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createTestRuntime } from '@imrs/testing/host'
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it, onTestFinished } from 'vitest'

import { openDoor } from '../../__fixtures__/open-door.ts'
import { jwtAuthentication } from './jwt-authentication.ts'
import type { JwtOptions } from './jwt-options.ts'

const secret = 'a secret that has thirty-two bytes at least'
const shared = new TextEncoder().encode(secret)
const issuer = 'https://issuer.example'
const audience = 'imrs'
const runtime = createTestRuntime()
const nowSeconds = Math.floor(runtime.now() / 1000)
const claims = { tenant_id: 'acme', sub: 'ann', roles: ['tenant_admin', 'unheard-of'] }

function token(more: Record<string, unknown> = {}): SignJWT {
  return new SignJWT({ iss: issuer, aud: audience, exp: nowSeconds + 60, ...claims, ...more })
}

async function statusWith(
  bearer: string,
  options: Partial<JwtOptions> = { secret },
): Promise<number> {
  const { send } = await openDoor({
    http: { authentication: [jwtAuthentication({ issuer, audience, runtime, ...options })] },
  })
  const headers = { authorization: `Bearer ${bearer}` }
  const path = '/api/v2/agents/a/models'
  return (await send({ path, as: null, headers })).status
}

const signed = async (
  jwt: SignJWT,
  alg = 'HS256',
  key: Parameters<SignJWT['sign']>[0] = shared,
): Promise<string> => jwt.setProtectedHeader({ alg, kid: 'k1' }).sign(key)

describe('a token signed with the shared secret', () => {
  it('says who one is', async () => {
    const authenticator = jwtAuthentication({ issuer, audience, secret, runtime })
    const headers = { authorization: `Bearer ${await signed(token({ agent_ids: ['a'] }))}` }
    const request = new Request('http://localhost/', { headers })
    expect(await authenticator.authenticate(request)).toEqual({
      identity: {
        tenantId: 'acme',
        userId: 'ann',
        roles: ['tenant_admin'],
        agentIds: ['a'],
        actor: 'user:ann',
      },
    })
    expect(await statusWith(await signed(token()))).toBe(200)
  })

  it.each([
    ['has expired', { exp: nowSeconds - 6 }],
    ['never expires', { exp: undefined }],
    ['is from elsewhere', { iss: 'https://other.example' }],
    ['is for somebody else', { aud: 'other' }],
    ['is for later', { nbf: nowSeconds + 60 }],
    ['names no tenant', { tenant_id: undefined }],
    ['names no user', { sub: '' }],
    ['names no role', { roles: ['unheard-of'] }],
  ])('is refused when it %s', async (_why, more) => {
    expect(await statusWith(await signed(token(more)))).toBe(401)
  })

  it('is refused when it was changed, signed by another, by another algorithm, or not at all', async () => {
    const good = await signed(token())
    const [head, body, signature] = good.split('.')
    const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['platform_admin'] }))
    expect(await statusWith(`${head}.${forged.toString('base64url')}.${signature}`)).toBe(401)
    expect(await statusWith(`${head}.${body}.`)).toBe(401)
    const other = new TextEncoder().encode('another secret that has thirty-two bytes')
    expect(await statusWith(await signed(token(), 'HS256', other))).toBe(401)
    expect(await statusWith(await signed(token(), 'HS512'))).toBe(401)
    const unsigned = new UnsecuredJWT({ iss: issuer, aud: audience, ...claims }).encode()
    expect(await statusWith(unsigned)).toBe(401)
    expect(await statusWith('a.b.c')).toBe(401)
  })
})

describe('a token signed with the issuer’s key', () => {
  it('is checked with the keys the issuer publishes, and never with them as a secret', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' }
    let asked = 0
    const server = createServer((_request, response) => {
      asked += 1
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ keys: [jwk] }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const jwksUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
    const options = { issuer, audience, jwksUrl, runtime: { ...runtime, fetch } }
    const { send } = await openDoor({ http: { authentication: [jwtAuthentication(options)] } })
    const statusOf = async (bearer: string): Promise<number> => {
      const headers = { authorization: `Bearer ${bearer}` }
      return (await send({ path: '/api/v2/agents/a/models', as: null, headers })).status
    }
    const good = await signed(token(), 'RS256', privateKey)
    expect(await Promise.all([statusOf(good), statusOf(good), statusOf(good)])).toEqual([
      200, 200, 200,
    ])
    expect(asked).toBe(1)
    const confused = new TextEncoder().encode(JSON.stringify(jwk))
    expect(await statusOf(await signed(token(), 'HS256', confused))).toBe(401)
    const stranger = await generateKeyPair('RS256')
    expect(await statusOf(await signed(token(), 'RS256', stranger.privateKey))).toBe(401)
  })

  it('is neither believed nor called wrong while the keys cannot be read', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    const bearer = await signed(token(), 'ES256', privateKey)
    const down = { ...runtime, fetch: async () => Promise.reject(new TypeError('refused')) }
    const jwksUrl = 'http://127.0.0.1:9/keys'
    expect(await statusWith(bearer, { jwksUrl, runtime: down })).toBe(503)
  })

  it.each([
    ['an error', new Response('no', { status: 500 })],
    ['no JSON', new Response('<html>')],
    ['no list of keys', Response.json({ keys: 'none' })],
  ])('is not called wrong when the issuer answers with %s', async (_name, response) => {
    const { privateKey } = await generateKeyPair('ES256')
    const bearer = await signed(token(), 'ES256', privateKey)
    const odd = { ...runtime, fetch: async () => response.clone() }
    expect(await statusWith(bearer, { jwksUrl: 'https://issuer.example/keys', runtime: odd })).toBe(
      503,
    )
  })
})

describe('the options', () => {
  it.each([
    ['secret', { secret: 'short' }],
    ['jwksUrl', {}],
    ['jwksUrl', { secret, jwksUrl: 'https://issuer.example/keys' }],
    ['algorithms', { secret, algorithms: ['RS256'] as const }],
    ['algorithms', { jwksUrl: 'https://issuer.example/keys', algorithms: ['HS256'] as const }],
    ['jwksUrl', { jwksUrl: 'http://issuer.example/keys' }],
    ['jwksUrl', { jwksUrl: 'ftp://127.0.0.1/keys' }],
    ['issuer', { secret, issuer: '' }],
  ])('are refused by name: %s', (name, more) => {
    expect(() => jwtAuthentication({ issuer, audience, ...more })).toThrow(`\`${name}\``)
  })
})
