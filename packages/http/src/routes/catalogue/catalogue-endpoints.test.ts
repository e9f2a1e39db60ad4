import type { ModelsResponse } from '@imrs/core'
import { fakeProvider } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { Identity } from '../../identity/identity.ts'

const path = '/api/models'
const user = identityOf('agent_user')

describe('GET /api/models', () => {
  it('gives the plan’s answer, and nothing when nothing has changed', async () => {
    const { send } = await openDoor()
    const first = await send({ path, as: user })
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^W\/".+"$/)
    const list = await bodyOf<ModelsResponse>(first)
    expect(list.models.map(({ id }) => id)).toEqual(['fake/small', 'fake/large'].toSorted())
    expect(list.metadata).toMatchObject({ totalModels: 2, providers: { fake: { modelCount: 2 } } })
    const again = await send({ path, as: user, headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('says since when a model is listed, of those that came after the first reading', async () => {
    const models = ['first']
    const { definition } = fakeProvider({ models })
    const { router, runtime, send } = await openDoor({ router: { providers: [definition] } })
    await router.models.response({ force: true })
    models.push('second')
    await runtime.advance(1000)
    const { syncedAtMs } = await router.providers.sync('fake')
    const list = await bodyOf<ModelsResponse>(await send({ path, as: user }))
    expect(list.models.map(({ id, addedAt }) => [id, addedAt])).toEqual([
      ['fake/first', undefined],
      ['fake/second', new Date(syncedAtMs).toISOString()],
    ])
  })

  it('is for everybody’s caches only where everybody may read it', async () => {
    const caching = async (http: object, more: object = {}): Promise<string | null> => {
      const { send } = await openDoor({ http })
      return (await send({ path, as: user, ...more })).headers.get('cache-control')
    }
    expect(await caching({})).toBe('private, max-age=60')
    expect(await caching({ publicModels: true }, { as: null })).toContain('s-maxage=60')
    expect(await caching({}, { path: `${path}?force=true` })).toBe('private, no-store')
  })

  it('shows what a user’s own key adds to that user alone', async () => {
    const provider = fakeProvider({ id: 'own', models: ['m'], needsCredential: true })
    const { send } = await openDoor({
      router: { providers: [provider.definition], allowUserKeys: true },
      http: { publicModels: true, userKeyHeaders: { own: 'x-own-key' } },
    })
    const headers = { 'x-own-key': 'sk-canary-of-a-user' }
    const own = await send({ path, as: user, headers })
    expect(own.headers.get('cache-control')).toBe('private, no-store')
    const text = await own.text()
    expect(JSON.parse(text)).toMatchObject({ metadata: { userProvidedKeys: ['own'] } })
    expect(text).not.toContain('canary')
    const malformed = await send({ path, as: user, headers: { 'x-own-key': 'short' } })
    expect(malformed.status).toBe(400)
  })

  it('is read again a few times a minute by users, and as often as they like by those who may', async () => {
    const { send } = await openDoor({
      http: { rateLimits: { refresh: 1 }, forceRefreshKey: 'let me, let me, let me' },
    })
    const force = `${path}?force=true`
    const statusFor = async (more: object): Promise<number> =>
      (await send({ path: force, as: user, ...more })).status
    expect([await statusFor({}), await statusFor({})]).toEqual([200, 429])
    const keyed = { headers: { 'x-force-refresh-key': 'let me, let me, let me' } }
    expect([await statusFor(keyed), await statusFor(keyed)]).toEqual([200, 200])
    expect(await statusFor({ headers: { 'x-force-refresh-key': 'let mf' } })).toBe(429)
    const admin = { as: identityOf('platform_admin') }
    expect([await statusFor(admin), await statusFor(admin)]).toEqual([200, 200])
  })
})

/** Reads frames until one fits. */
async function framesUntil(
  response: Response,
  fits: (frame: string) => boolean,
): Promise<string[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const frames: string[] = []
  let rest = ''
  while (!frames.some(fits)) {
    const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) break
    const pieces = (rest + value).split('\n\n')
    rest = pieces.pop() ?? ''
    frames.push(...pieces)
  }
  await reader?.cancel()
  return frames
}

describe('GET /api/models/events', () => {
  it('tells what a sync changes, and goes on after the last event that was heard', async () => {
    const models = ['one']
    const provider = fakeProvider({ models })
    const { send, router } = await openDoor({ router: { providers: [provider.definition] } })
    const events = `${path}/events`
    const live = await send({ path: events, as: user })
    models.push('two')
    await router.providers.sync('fake')
    const heard = await framesUntil(live, (frame) => frame.includes('model-added'))
    expect(heard.at(-1)).toContain('fake/two')
    expect(heard.join()).not.toContain('fake/one')
    const id = /^id: (\d+)$/m.exec(heard.at(-1) ?? '')?.[1] ?? ''
    models.push('three')
    await router.providers.sync('fake')
    const resumed = await send({ path: events, as: user, headers: { 'last-event-id': id } })
    const missed = await framesUntil(resumed, (frame) => frame.includes('model-added'))
    expect(missed.filter((frame) => frame.includes('model-added'))).toHaveLength(1)
    expect(missed.at(-1)).toContain('fake/three')
    const all = await send({ path: `${events}?since=0`, as: user })
    expect((await framesUntil(all, (frame) => frame.includes('fake/three'))).join()).toContain(
      'fake/one',
    )
  })

  it('tells of providers that go down and come back', async () => {
    let isDown = false
    const provider = fakeProvider({
      models: ['m'],
      listFailure: () => (isDown ? { kind: 'unavailable', message: 'It is down.' } : undefined),
    })
    const { send, router } = await openDoor({ router: { providers: [provider.definition] } })
    const live = await send({ path: `${path}/events`, as: user })
    isDown = true
    await router.providers.sync('fake').catch(() => {})
    await router.providers.sync('fake').catch(() => {})
    await router.providers.sync('fake').catch(() => {})
    const heard = await framesUntil(live, (frame) => frame.includes('provider-health-changed'))
    expect(heard.at(-1)).toMatch(/"providerId":"fake"/)
    expect(heard.at(-1)).not.toMatch(/^id:/m)
  })

  it('may be open a few times for each caller, and again when one was left', async () => {
    const { send } = await openDoor({ http: { maxOpenStreams: 2 } })
    const open = (as: Partial<Identity> = user): Promise<Response> =>
      send({ path: `${path}/events`, as })
    const [first] = [await open(), await open()]
    const refused = await open()
    expect(await bodyOf(refused, 429)).toMatchObject({
      error: { code: 'rate-limited', message: expect.stringContaining('2 streams') },
    })
    // One that was refused otherwise, or was asked for its head alone, does not count.
    const other = { ...user, actor: 'user:other', userId: 'other' }
    const headers = { 'last-event-id': 'rubbish' }
    for (let count = 0; count < 3; count += 1) {
      expect((await send({ path: `${path}/events`, as: other, headers })).status).toBe(400)
      await send({ path: `${path}/events`, as: other, method: 'HEAD' })
    }
    expect((await open(other)).status).toBe(200)
    await first?.body?.cancel()
    expect((await open()).status).toBe(200)
    expect((await open()).status).toBe(429)
  })

  it('may be open more often where callers are told apart by address', async () => {
    const { send } = await openDoor({ http: { maxOpenStreams: 1, publicModels: true } })
    const statuses: number[] = []
    for (let count = 0; count < 11; count += 1) {
      statuses.push((await send({ path: `${path}/events`, as: null })).status)
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429])
  })

  it('refuses what is no event', async () => {
    const { send } = await openDoor()
    const headers = { 'last-event-id': 'rubbish' }
    expect((await send({ path: `${path}/events`, as: user, headers })).status).toBe(400)
  })
})
