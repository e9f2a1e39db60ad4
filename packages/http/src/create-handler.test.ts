import { describe, expect, it } from 'vitest'

import { identityOf, openDoor } from './__fixtures__/open-door.ts'

const PROVIDERS = '/api/v2/admin/providers'

describe('every answer', () => {
  it('bears the id that its error quotes', async () => {
    const { send } = await openDoor()
    const response = await send({ path: PROVIDERS, as: null })
    const { error } = (await response.json()) as { error: { code: string; request_id: string } }
    expect(response.status).toBe(401)
    expect(error).toMatchObject({ code: 'unauthenticated', field: 'authorization' })
    expect(response.headers.get('x-request-id')).toBe(error.request_id)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('is for those whose role may ask', async () => {
    const { send } = await openDoor()
    expect((await send({ path: PROVIDERS, as: identityOf('platform_admin') })).status).toBe(200)
    const refused = await send({ path: PROVIDERS, as: identityOf('tenant_admin') })
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({ error: { code: 'forbidden' } })
  })

  it('says what there is not', async () => {
    const { send } = await openDoor()
    const response = await send({ path: '/api/v2/nothing', as: null })
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } })
    const openai = await send({ path: '/v1/nothing', as: null })
    expect(await openai.json()).toMatchObject({ error: { type: 'not_found_error' } })
  })

  it('is refused to callers who ask too often, and says when to come back', async () => {
    const { send } = await openDoor({ http: { rateLimits: { read: 2 } } })
    const statuses: number[] = []
    for (let count = 0; count < 3; count += 1)
      statuses.push((await send({ path: PROVIDERS })).status)
    expect(statuses).toEqual([200, 200, 429])
    const other = await send({ path: PROVIDERS, as: { actor: 'user:other' } })
    expect(other.status).toBe(200)
    const limited = await send({ path: PROVIDERS })
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('tells pages of other origins nothing, unless they are named', async () => {
    const { send } = await openDoor({ http: { cors: { origins: ['https://app.example'] } } })
    const from = async (origin: string): Promise<Response> =>
      send({ path: PROVIDERS, headers: { origin } })
    const allowed = (await from('https://app.example')).headers
    expect(allowed.get('access-control-allow-origin')).toBe('https://app.example')
    expect((await from('https://evil.example')).headers.has('access-control-allow-origin')).toBe(
      false,
    )
  })

  it('runs nothing and is shown in no frame', async () => {
    const { send } = await openDoor()
    const { headers } = await send({ path: PROVIDERS })
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('private, no-store')
  })
})
