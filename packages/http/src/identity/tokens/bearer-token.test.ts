import { ConfigError } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import { anonymousSessions } from '../sessions/anonymous-sessions.ts'
import { bearerToken } from './bearer-token.ts'

const token = 'a-token-of-thirty-two-characters'
const secret = 'a secret that has thirty-two bytes at least'
const identity = identityOf('platform_admin', { userId: 'admin', actor: 'user:admin' })
const authentication = [bearerToken({ token, identity }), anonymousSessions({ secret })]
const PROVIDERS = '/api/v2/admin/providers'

const asBearer = (given: string): { headers: Record<string, string>; as: null } => ({
  headers: { authorization: `Bearer ${given}` },
  as: null,
})

describe('a token of the host', () => {
  it('makes its bearer who the host says, before any session', async () => {
    const { send } = await openDoor({ http: { authentication } })
    const reply = await send({ path: PROVIDERS, ...asBearer(token) })
    expect(reply.headers.has('set-cookie')).toBe(false)
    expect(await bodyOf(reply)).toMatchObject({ total: 1 })
    const body = { filter: {} }
    await send({ method: 'PUT', path: '/api/v2/presets/new', body, ...asBearer(token) })
    const audit = await send({ path: '/api/v2/admin/audit', ...asBearer(token) })
    expect(await bodyOf(audit)).toMatchObject({ items: [{ actor: 'user:admin' }] })
  })

  it('is no other token, and visitors stay visitors', async () => {
    const { send } = await openDoor({ http: { authentication } })
    for (const given of [token.slice(1), `${token}x`, token.toUpperCase(), 'x']) {
      expect((await send({ path: PROVIDERS, ...asBearer(given) })).status).toBe(401)
    }
    expect((await send({ path: PROVIDERS, as: null })).status).toBe(403)
  })

  it.each(['', 'short', 'a token of thirty-two characters', `${token}é`])(
    'cannot be %j',
    (wrong) => {
      const make = (): unknown => bearerToken({ token: wrong, identity })
      expect(make).toThrow(ConfigError)
      expect(make).toThrow('`token`')
    },
  )
})
