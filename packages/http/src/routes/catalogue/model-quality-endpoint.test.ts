import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor, statedIdentity } from '../../__fixtures__/open-door.ts'
import type { OpenDoor, OpenDoorOptions } from '../../__fixtures__/open-door.ts'
import { createHandler } from '../../create-handler.ts'
import type { Identity } from '../../identity/identity.ts'
import { anonymousSessions } from '../../identity/sessions/anonymous-sessions.ts'
import type { ModelQualitiesWire } from './model-quality-wire.ts'

const path = '/api/models/quality'
const user = identityOf('agent_user')
const ofOther = identityOf('agent_user', { tenantId: 'other' })

interface Rated {
  readonly ratings: readonly number[]
  readonly model?: string
  readonly tenantId?: string
  readonly agentId?: string
}

/** Answers that users rated. */
async function rate({ router }: OpenDoor, { ratings, tenantId, ...asked }: Rated): Promise<void> {
  for (const rating of ratings) {
    const who = { userId: 'u', tenantId }
    const messages = [{ role: 'user', content: 'Write a function that sorts a list' }] as const
    const answer = await router.chat({ model: 'small', ...asked, ...who, messages })
    for await (const part of answer.parts) void part
    await router.feedback({ messageId: answer.messageId, ...who, rating })
  }
}

async function open(http: OpenDoorOptions['http'] = {}): Promise<OpenDoor> {
  return openDoor({ http: { modelQuality: { minRatings: 3 }, ...http } })
}

async function qualityFor(
  { send }: OpenDoor,
  as: Identity | null = user,
): Promise<ModelQualitiesWire> {
  return bodyOf<ModelQualitiesWire>(await send({ path, as }))
}

describe('GET /api/models/quality', () => {
  it('says what the tenant’s users gave models at each kind of task, once it was often enough', async () => {
    const door = await open()
    await rate(door, { ratings: [1, 0.5, 0] })
    await rate(door, { ratings: [1, 1], model: 'large' })
    const { min_ratings: least, items } = await qualityFor(door)
    expect(least).toBe(3)
    const { rows } = await door.router.performance.report({ groupBy: ['model', 'task-type'] })
    const row = rows.find(({ modelId }) => modelId === 'fake/small')
    expect(items).toEqual([
      {
        model: 'fake/small',
        task_type: 'code',
        rating: 0.5,
        low: row?.rating?.low,
        high: row?.rating?.high,
        ratings: 3,
        first_part_ms: row?.firstPartMs?.p50,
      },
    ])
  })

  it('tells nobody of another tenant', async () => {
    const door = await open()
    await rate(door, { ratings: [1, 1, 1], tenantId: 'other' })
    expect((await qualityFor(door)).items).toEqual([])
    expect((await qualityFor(door, ofOther)).items).toHaveLength(1)
    const named = await door.send({ path: `${path}?tenant_id=other`, as: user })
    expect(named.status).toBe(400)
  })

  it('tells a credential that is bound to agents of those alone, taken together', async () => {
    const door = await open()
    await rate(door, { ratings: [1, 1, 1], agentId: 'hidden' })
    await rate(door, { ratings: [0], agentId: 'one' })
    await rate(door, { ratings: [0, 1], agentId: 'two' })
    const ratingsFor = async (...agentIds: readonly string[]): Promise<readonly number[]> =>
      (await qualityFor(door, { ...user, agentIds })).items.map(({ ratings }) => ratings)
    expect(await ratingsFor('one')).toEqual([])
    expect(await ratingsFor('one', 'two')).toEqual([3])
    expect((await qualityFor(door)).items).toMatchObject([{ ratings: 6 }])
  })

  it('is read once a minute for all of a tenant, and not sent again to who has it', async () => {
    const door = await open()
    await rate(door, { ratings: [1, 1, 1] })
    const first = await door.send({ path, as: user })
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    expect(first.headers.get('cache-control')).toBe('private, max-age=60')
    await rate(door, { ratings: [0] })
    expect((await door.send({ path, as: user, headers })).status).toBe(304)
    await door.runtime.advance(60_000)
    expect(await bodyOf(await door.send({ path, as: user, headers }))).toMatchObject({
      items: [{ ratings: 4 }],
    })
  })

  it('is there only where the host wants it', async () => {
    const off = await open({ modelQuality: false })
    expect((await off.send({ path, as: user })).status).toBe(404)
    const byDefault = await qualityFor(await openDoor())
    expect(byDefault).toEqual({ min_ratings: 30, items: [] })
    const { router } = off
    const authentication = [statedIdentity]
    const make = (modelQuality: object): unknown =>
      createHandler({ router, authentication, modelQuality })
    expect(() => make({ minRatings: 0 })).toThrow(
      '`modelQuality.minRatings` must be a whole number above 0; it is 0',
    )
    expect(() => make({ visitorTenantId: '' })).toThrow('`modelQuality.visitorTenantId` must be')
  })
})

describe('where anybody may read the models', () => {
  const secret = 'a secret of thirty-two characters'

  it('visitors see what the host shows to them, and others what their tenant gave', async () => {
    const door = await open({ publicModels: true })
    await rate(door, { ratings: [1, 1, 1] })
    await rate(door, { ratings: [0, 0, 0], tenantId: 'other' })
    expect((await qualityFor(door, null)).items).toMatchObject([{ rating: 1 }])
    expect((await qualityFor(door, ofOther)).items).toMatchObject([{ rating: 0 }])
    const shown = { minRatings: 3, visitorTenantId: 'nobody' }
    const closed = await openDoor({ http: { publicModels: true, modelQuality: shown } })
    await rate(closed, { ratings: [1, 1, 1] })
    expect((await qualityFor(closed, null)).items).toEqual([])
  })

  it('a session that nobody has yet counts as one of its tenant, and of its agents', async () => {
    const sessions = anonymousSessions({ secret, tenantId: 'other', agentIds: ['one'] })
    const door = await open({ publicModels: true, authentication: [sessions] })
    await rate(door, { ratings: [1, 1, 1] })
    await rate(door, { ratings: [0, 0, 0], tenantId: 'other' })
    expect((await qualityFor(door, null)).items).toEqual([])
    await door.runtime.advance(60_000)
    await rate(door, { ratings: [0, 0, 0], tenantId: 'other', agentId: 'one' })
    const seen = await door.send({ path, as: null })
    expect(seen.headers.get('set-cookie')).toBeNull()
    expect(await bodyOf(seen)).toMatchObject({ items: [{ rating: 0, ratings: 3 }] })
  })

  it('a credential that is not good is refused, and not taken for a visitor', async () => {
    const door = await open({ publicModels: true, authentication: [anonymousSessions({ secret })] })
    expect((await door.send({ path, as: user })).status).toBe(401)
  })
})
