import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../__fixtures__/open-door.ts'
import type { OpenDoor, SentRequest } from '../__fixtures__/open-door.ts'

const ann = identityOf('agent_user', { userId: 'ann', actor: 'user:ann' })
const admin = identityOf('tenant_admin')
const stranger = identityOf('tenant_admin', { tenantId: 'other' })

/** Has an answer made, and rated. */
async function useOnce({ send }: OpenDoor, rating = 1): Promise<string> {
  const body = { messages: [{ role: 'user', content: 'Hello' }], model: 'fake/large' }
  const headers = { accept: 'application/json' }
  const answer = await send({ path: '/api/chat', as: ann, body, headers })
  const { messageId } = await bodyOf<{ messageId: string }>(answer)
  const path = `/api/v2/chat/messages/${messageId}/feedback`
  await bodyOf(await send({ path, as: ann, body: { rating } }))
  return messageId
}

async function get<Body>({ send }: OpenDoor, path: string, as = admin): Promise<Body> {
  return bodyOf<Body>(await send({ path, as }))
}

describe('how models did, over HTTP', () => {
  it('is told in the specification’s words', async () => {
    const door = await openDoor()
    await useOnce(door, 0.5)
    const path = '/api/v2/admin/models/performance?task_type=general&agent_id=default'
    expect(await get(door, path)).toMatchObject({
      task_type: 'general',
      agent_id: 'default',
      performance: [
        {
          model: 'fake/large',
          avg_rating: 0.5,
          rating_count: 1,
          usage_count: 1,
          avg_latency_ms: expect.any(Number) as unknown,
          failure_count: 0,
        },
      ],
    })
    expect(await get(door, path, stranger)).toMatchObject({ performance: [] })
  })

  it('is grouped and cut as one asks', async () => {
    const door = await openDoor()
    await useOnce(door)
    const base = '/api/v2/admin/models/performance'
    const byDay = `${base}?group_by=model,day&from=2020-01-01&to=2100-01-01T00:00:00Z`
    expect(await get(door, byDay)).toMatchObject({
      performance: [
        { model: 'fake/large', period: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as unknown },
      ],
    })
    expect(await get(door, `${base}?from=2100-01-01`)).toMatchObject({ performance: [] })
    for (const wrong of ['group_by=colour', 'from=yesterday', 'group_by=']) {
      expect((await door.send({ path: `${base}?${wrong}`, as: admin })).status).toBe(400)
    }
  })

  it('is told of one model, and gives recommendations', async () => {
    const door = await openDoor()
    await useOnce(door)
    const usage = `/api/v2/admin/models/${encodeURIComponent('fake/large')}/usage`
    expect(await get(door, usage)).toMatchObject({
      model_id: 'fake/large',
      overall: { usage_count: 1 },
      by_task_type: [{ task_type: 'general' }],
    })
    const { items } = await get<{ items: object[] }>(door, '/api/v2/admin/recommendations')
    expect(items).toContainEqual(
      expect.objectContaining({ kind: 'too-little-known', task_type: 'general' }),
    )
  })

  it('is reckoned for other strategies, or refused with the reason', async () => {
    const door = await openDoor()
    await useOnce(door)
    const path = '/api/v2/admin/evaluation?strategies=weighted,experiment:adaptive%2Bpriority'
    const { items } = await get<{ items: object[] }>(door, path)
    expect(items).toMatchObject([
      { strategy: 'weighted', value: null, refused: { kind: 'no-decisions' } },
      { refused: { kind: 'no-decisions' } },
    ])
    for (const wrong of ['fastest', 'nothing', '']) {
      const asked = { path: `/api/v2/admin/evaluation?strategies=${wrong}`, as: admin }
      expect((await door.send(asked)).status).toBe(400)
    }
  })
})

describe('presets over HTTP', () => {
  it('are made, used, read and removed', async () => {
    const door = await openDoor()
    const path = '/api/v2/presets/small-ones'
    const body = { model_ids: ['fake/small'], order: 'best', cost_quality: 0.3 }
    const set = async (sent: Partial<SentRequest>): Promise<Response> =>
      door.send({ method: 'PUT', path, as: admin, body, ...sent })
    expect(await bodyOf(await set({}))).toMatchObject({
      id: 'small-ones',
      model_ids: ['fake/small'],
      filter: null,
      order: 'best',
      cost_quality: 0.3,
      is_built_in: false,
      updated_by: admin.actor,
    })
    const chat = { messages: [{ role: 'user', content: 'x' }], model: 'preset:small-ones' }
    const headers = { accept: 'application/json' }
    const answer = await door.send({ path: '/api/chat', as: ann, body: chat, headers })
    expect(await bodyOf(answer)).toMatchObject({ model: 'fake/small' })
    const ids = async (as = admin): Promise<string[]> =>
      (await get<{ items: { id: string }[] }>(door, '/api/v2/presets', as)).items.map(
        ({ id }) => id,
      )
    expect(await ids()).toEqual(['cheap', 'fast', 'best', 'small-ones'])
    expect(await ids(stranger)).toEqual(['cheap', 'fast', 'best'])
    expect((await set({ as: ann })).status).toBe(403)
    expect((await set({ body: { ...body, filter: {} } })).status).toBe(400)
    expect((await set({ body: { ...body, order: 'cheapest' } })).status).toBe(400)
    expect((await door.send({ method: 'DELETE', path, as: admin })).status).toBe(204)
    expect((await door.send({ path, as: admin })).status).toBe(404)
    const builtIn = { method: 'DELETE', path: '/api/v2/presets/cheap', as: admin }
    expect(await bodyOf(await door.send(builtIn), 409)).toMatchObject({
      error: { code: 'read-only' },
    })
  })
})

describe('budgets over HTTP', () => {
  it('are set, kept, shown and removed', async () => {
    const door = await openDoor()
    const path = '/api/v2/budgets/a-day'
    const body = { scope: 'user', unit: 'requests', period: 'day', limit: 1 }
    expect(await bodyOf(await door.send({ method: 'PUT', path, as: admin, body }))).toMatchObject({
      id: 'a-day',
      subject: '*',
      limit: 1,
    })
    await useOnce(door)
    const usage = '/api/v2/budgets/usage'
    expect(await get(door, usage)).toMatchObject({
      items: [{ subject: 'ann', used: 1, remaining: 0, budget: { id: 'a-day' } }],
    })
    const chat = { messages: [{ role: 'user', content: 'x' }], model: 'auto' }
    const headers = { accept: 'application/json' }
    const refused = await door.send({ path: '/api/chat', as: ann, body: chat, headers })
    expect(refused.status).toBeGreaterThanOrEqual(400)
    expect(await get(door, usage, stranger)).toEqual({ items: [] })
    expect((await door.send({ method: 'DELETE', path, as: stranger })).status).toBe(404)
    expect((await door.send({ method: 'DELETE', path, as: admin })).status).toBe(204)
    expect(await get(door, '/api/v2/budgets')).toEqual({ items: [] })
    const negative = { method: 'PUT', path, as: admin, body: { ...body, limit: -1 } }
    expect((await door.send(negative)).status).toBe(400)
  })
})

describe('parameters over HTTP', () => {
  it('are set, listed and removed, and models say what they take', async () => {
    const door = await openDoor()
    const path = '/api/v2/parameters?agent_id=default'
    const body = { parameters: { temperature: 0.2 } }
    expect(await bodyOf(await door.send({ method: 'PUT', path, as: admin, body }))).toMatchObject({
      agent_id: 'default',
      model_id: null,
      parameters: { temperature: 0.2 },
    })
    expect(await get(door, path)).toMatchObject({ items: [{ agent_id: 'default' }] })
    expect(await get(door, path, stranger)).toEqual({ items: [] })
    expect((await door.send({ method: 'DELETE', path, as: admin })).status).toBe(204)
    expect((await door.send({ method: 'DELETE', path, as: admin })).status).toBe(404)
    const nothing = { method: 'PUT', path: '/api/v2/parameters', as: admin, body }
    expect((await door.send(nothing)).status).toBe(400)
    const model = encodeURIComponent('fake/large')
    const support = await get(door, `/api/v2/admin/models/${model}/parameters`)
    expect(support).toMatchObject({ parameters: { temperature: { support: 'unknown' } } })
  })
})

describe('operations over HTTP', () => {
  it('tell of the audit: all of it to platform admins, their own to tenant admins', async () => {
    const door = await openDoor()
    const enable = { path: '/api/v2/agents/a/models', body: { bulk_filter: {} } }
    await door.send({ ...enable, as: admin })
    await door.send({ ...enable, as: stranger })
    const tenantsSeenBy = async (as = admin): Promise<(string | null)[]> => {
      const audit = await get<{ items: { tenant_id: string | null }[] }>(
        door,
        '/api/v2/admin/audit',
        as,
      )
      return [...new Set(audit.items.map((entry) => entry.tenant_id))]
    }
    expect(await tenantsSeenBy()).toEqual(['default'])
    expect(await tenantsSeenBy(stranger)).toEqual(['other'])
    expect(await tenantsSeenBy(identityOf('platform_admin'))).toEqual(
      expect.arrayContaining(['default', 'other']),
    )
  })

  it('tell of breakers and of sinks', async () => {
    const door = await openDoor()
    const platform = identityOf('platform_admin')
    const breakers = '/api/v2/admin/breakers'
    expect(await get(door, breakers, platform)).toEqual({ items: [] })
    const untilMs = door.runtime.now() + 60_000
    const state = { kind: 'open', untilMs, openings: 1, failureKind: 'overloaded' } as const
    door.router.breakers.restore([
      { providerId: 'fake', credentialId: 'none', modelId: 'fake/large', state },
    ])
    expect(await get(door, breakers, platform)).toEqual({
      items: [
        {
          provider_id: 'fake',
          model_id: 'fake/large',
          state: 'open',
          open_until: new Date(untilMs).toISOString(),
          failure_kind: 'overloaded',
        },
      ],
    })
    expect(await get(door, '/api/v2/admin/sinks', platform)).toEqual({ items: [] })
    const retry = { method: 'POST', path: '/api/v2/admin/sinks/none/retry', as: platform }
    expect(await bodyOf(await door.send(retry))).toEqual({ retried: 0 })
  })

  it('say whether the process lives and can answer', async () => {
    const door = await openDoor()
    const live = await door.send({ path: '/api/health/live', as: null })
    expect(await bodyOf(live)).toEqual({ status: 'live' })
    const ready = await door.send({ path: '/api/health/ready', as: null })
    expect(await bodyOf(ready)).toMatchObject({ status: 'ready', providers: { healthy: 1 } })
    await door.router.close()
    // The store is asked once a second at most.
    expect((await door.send({ path: '/api/health/ready', as: null })).status).toBe(200)
    await door.runtime.advance(1000)
    expect((await door.send({ path: '/api/health/ready', as: null })).status).toBe(503)
    expect((await door.send({ path: '/api/health/live', as: null })).status).toBe(200)
  })
})
