import { describe, expect, it } from 'vitest'

import { ACCESS_TABLE, CALLERS } from '../__fixtures__/access-table.ts'
import type { Caller, Seeds } from '../__fixtures__/access-table.ts'
import { bodyOf, identityOf, openDoor } from '../__fixtures__/open-door.ts'
import type { OpenDoor } from '../__fixtures__/open-door.ts'
import type { Identity } from '../identity/identity.ts'

const ann = identityOf('agent_user', { userId: 'ann', actor: 'user:ann' })
const admin = identityOf('tenant_admin')

const IDENTITIES: Readonly<Record<Caller, Identity | null>> = {
  nobody: null,
  user: ann,
  agent: identityOf('agent'),
  'tenant admin': admin,
  'platform admin': identityOf('platform_admin'),
  'admin of another tenant': identityOf('tenant_admin', { tenantId: 'other' }),
  'bound admin': identityOf('tenant_admin', { agentIds: ['own'] }),
  'bound agent': identityOf('agent', { agentIds: ['own'], userId: 'ann' }),
}

/** A door behind which the tenant `default` has something of everything. */
async function openSeeded(): Promise<{ readonly door: OpenDoor; readonly seeds: Seeds }> {
  const door = await openDoor({
    http: { rateLimits: { read: 1e6, write: 1e6, chat: 1e6, refresh: 1e6 } },
  })
  const { send } = door
  const headers = { accept: 'application/json' }
  const body = { messages: [{ role: 'user', content: 'Hello' }], model: 'auto' }
  const answer = await bodyOf<{ messageId: string; decision: { decisionId: string } }>(
    await send({ path: '/api/chat', as: ann, body, headers }),
  )
  const rule = { path: '/api/v2/agents/own/models', as: admin, body: { bulk_filter: {} } }
  const { rule_id: ruleId } = await bodyOf<{ rule_id: string }>(await send(rule))
  const { id: keyId } = await door.router.apiKeys.create({ label: 'seeded', roles: ['agent'] })
  const put = async (path: string, content: object): Promise<unknown> =>
    bodyOf(await send({ method: 'PUT', path, as: admin, body: content }))
  await put('/api/v2/presets/seeded', { filter: {} })
  await put('/api/v2/budgets/seeded', { scope: 'user', unit: 'requests', period: 'day', limit: 10 })
  await put('/api/v2/parameters?agent_id=seeded', { parameters: { temperature: 1 } })
  return {
    door,
    seeds: { messageId: answer.messageId, decisionId: answer.decision.decisionId, ruleId, keyId },
  }
}

interface Operation {
  readonly operationId: string
  readonly parameters: readonly { readonly name: string; readonly in: string }[]
}

async function operations({ send }: OpenDoor): Promise<readonly Operation[]> {
  const document = await bodyOf<{ paths: Record<string, Record<string, Operation>> }>(
    await send({ path: '/api/openapi.json', as: null }),
  )
  return Object.values(document.paths).flatMap((path) => Object.values(path))
}

describe('who may do what', () => {
  it('is written in the table for every operation there is', async () => {
    const names = (await operations(await openDoor())).map(({ operationId }) => operationId)
    expect(Object.keys(ACCESS_TABLE).toSorted()).toEqual(names.toSorted())
    for (const { statuses } of Object.values(ACCESS_TABLE))
      expect(statuses).toHaveLength(CALLERS.length)
  })

  it.each(CALLERS.map((caller, at) => ({ caller, at })))(
    'is kept for: $caller',
    async ({ caller, at }) => {
      const { door, seeds } = await openSeeded()
      const expected: Record<string, number | undefined> = {}
      const found: Record<string, number> = {}
      for (const [operation, { request, statuses }] of Object.entries(ACCESS_TABLE)) {
        const response = await door.send({ ...request(seeds), as: IDENTITIES[caller] })
        await (response.headers.get('content-type')?.startsWith('text/event-stream') === true
          ? response.body?.cancel()
          : response.text())
        expected[operation] = statuses[at]
        found[operation] = response.status
      }
      expect(found).toEqual(expected)
      expect(door.failures).toEqual([])
    },
  )

  it('is no matter of naming another tenant, for all but platform admins', async () => {
    const { door, seeds } = await openSeeded()
    const named = (await operations(door)).filter(({ parameters }) =>
      parameters.some(({ name }) => name === 'tenant_id'),
    )
    expect(named.length).toBeGreaterThan(15)
    for (const { operationId } of named) {
      const request = ACCESS_TABLE[operationId]?.request(seeds)
      const path = `${request?.path}${request?.path.includes('?') === true ? '&' : '?'}tenant_id=default`
      const theirs = IDENTITIES['admin of another tenant']
      const response = await door.send({ ...request, path, as: theirs })
      expect(`${operationId} ${response.status}`).toBe(`${operationId} 403`)
      expect(await response.json()).toMatchObject({ error: { field: 'tenant_id' } })
    }
  })

  it('shows another tenant nothing of what the first one has', async () => {
    const { door, seeds } = await openSeeded()
    for (const [operation, { request }] of Object.entries(ACCESS_TABLE)) {
      const sent = request(seeds)
      if (sent.method !== 'GET' || operation === 'streamCatalogueEvents') continue
      const response = await door.send({ ...sent, as: IDENTITIES['admin of another tenant'] })
      const text = await response.text()
      if (response.status === 200) expect(text, operation).not.toMatch(/seeded|ann\b/)
    }
  })
})

describe('a credential that is bound to some agents', () => {
  const bound = identityOf('tenant_admin', { agentIds: ['own'] })

  it('asks about those, and no others', async () => {
    const { door } = await openSeeded()
    const statusOf = async (path: string): Promise<number> =>
      (await door.send({ path, as: bound })).status
    for (const path of [
      '/api/v2/admin/models/performance',
      '/api/v2/admin/recommendations',
      '/api/v2/admin/feedback/reasons',
      '/api/v2/admin/models/fake%2Flarge/usage',
    ]) {
      expect(await statusOf(`${path}?agent_id=own`), path).toBe(200)
      expect(await statusOf(`${path}?agent_id=default`), path).toBe(403)
    }
    expect(await statusOf('/api/v2/agents/default/models')).toBe(403)
  })

  it('rates no answers of other agents', async () => {
    const { door } = await openSeeded()
    const ask = async (agentId: string): Promise<string> => {
      const body = { messages: [{ role: 'user', content: 'Hello' }], model: 'auto', agentId }
      const headers = { accept: 'application/json' }
      const sent = { path: '/api/chat', as: ann, body, headers }
      return (await bodyOf<{ messageId: string }>(await door.send(sent))).messageId
    }
    const rate = async (messageId: string): Promise<number> => {
      const path = `/api/v2/chat/messages/${messageId}/feedback?user_id=ann`
      const as = identityOf('agent', { agentIds: ['own'], userId: undefined })
      return (await door.send({ path, as, body: { rating: 0.5, feedback_type: 'self_eval' } }))
        .status
    }
    expect(await rate(await ask('own'))).toBe(200)
    expect(await rate(await ask('default'))).toBe(404)
  })
})

describe('a machine that is no user', () => {
  it('speaks for one only with the role of an agent', async () => {
    const { door, seeds } = await openSeeded()
    const path = `/api/v2/chat/messages/${seeds.messageId}/feedback?user_id=ann`
    for (const role of ['agent_user', 'tenant_admin', 'platform_admin'] as const) {
      const as = identityOf(role, { userId: undefined, actor: 'key:machine' })
      expect((await door.send({ path, as, body: { rating: 0 } })).status, role).toBe(403)
      const body = { messages: [{ role: 'user', content: 'Hi' }], model: 'auto', user: 'ann' }
      expect((await door.send({ path: '/v1/chat/completions', as, body })).status, role).toBe(403)
    }
    const agent = identityOf('agent', { userId: undefined, actor: 'key:machine' })
    expect((await door.send({ path, as: agent, body: { rating: 0 } })).status).toBe(200)
  })
})
