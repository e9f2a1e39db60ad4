import { fakeProvider } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { bodyOf, identityOf, openDoor } from '../../__fixtures__/open-door.ts'
import type { OpenDoor } from '../../__fixtures__/open-door.ts'
import type { AgentModelWire } from './agent-wire.ts'

const BASE = '/api/v2/agents/abc-123/models'
const admin = identityOf('tenant_admin', { tenantId: 'acme' })

async function openAgents(): Promise<OpenDoor> {
  const models = [
    { externalId: 'gemma:free', pricing: { input: '0', output: '0' } },
    { externalId: 'qwen:free', pricing: { input: '0', output: '0' } },
    { externalId: 'gpt-4o', pricing: { input: '2.5', output: '10' } },
  ]
  const providers = [fakeProvider({ id: 'hub', models }).definition]
  return openDoor({ router: { providers, unconfiguredAgents: 'none' } })
}

interface Enabled {
  readonly models: readonly AgentModelWire[]
  readonly total_enabled: number
  readonly disabled_model_ids: readonly string[]
}

describe('the models of an agent over HTTP', () => {
  it('are enabled by list and by filter, and counted once', async () => {
    const { send } = await openAgents()
    const body = { model_ids: ['hub/gpt-4o', 'hub/gemma:free'], bulk_filter: { cost_tier: 'free' } }
    const enabled = await bodyOf(await send({ path: BASE, as: admin, body }))
    expect(enabled).toMatchObject({ enabled_count: 3, rule_id: expect.any(String) as unknown })
    const list = await bodyOf<Enabled>(await send({ path: BASE, as: admin }))
    expect(list).toMatchObject({ agent_id: 'abc-123', total_enabled: 3 })
    expect(list.models.map((model) => [model.model_id, model.decided_by])).toEqual([
      ['hub/gemma:free', 'row'],
      ['hub/gpt-4o', 'row'],
      ['hub/qwen:free', 'rule'],
    ])
  })

  it('are disabled one by one, without a word to other agents and tenants', async () => {
    const { send } = await openAgents()
    const other = BASE.replace('abc-123', 'other')
    const body = { bulk_filter: {} }
    await send({ path: BASE, as: admin, body })
    await send({ path: other, as: admin, body })
    await send({ path: BASE, as: identityOf('tenant_admin', { tenantId: 'beta' }), body })
    const one = `${BASE}/${encodeURIComponent('hub/gpt-4o')}`
    const off = { method: 'PATCH', path: one, as: admin, body: { is_enabled: false } }
    expect(await bodyOf(await send(off))).toMatchObject({ is_enabled: false })
    const list = await bodyOf<Enabled>(await send({ path: BASE, as: admin }))
    expect(list).toMatchObject({ total_enabled: 2, disabled_model_ids: ['hub/gpt-4o'] })
    for (const as of [admin, identityOf('tenant_admin', { tenantId: 'beta' })]) {
      const path = as === admin ? other : BASE
      expect(await bodyOf<Enabled>(await send({ path, as }))).toMatchObject({ total_enabled: 3 })
    }
  })

  it('have a priority of the agent’s own, which can be taken away', async () => {
    const { send } = await openAgents()
    const one = `${BASE}/${encodeURIComponent('hub/gpt-4o')}`
    const set = async (value: number | null): Promise<unknown> =>
      bodyOf(
        await send({ method: 'PATCH', path: one, as: admin, body: { priority_override: value } }),
      )
    expect(await set(90)).toEqual({
      model_id: 'hub/gpt-4o',
      is_enabled: true,
      priority_override: 90,
    })
    const { models } = await bodyOf<Enabled>(await send({ path: BASE, as: admin }))
    expect(models).toMatchObject([{ priority: 90, priority_override: 90 }])
    expect(await set(null)).toMatchObject({ priority_override: null })
  })

  it('are ruled by rules that can be removed', async () => {
    const { send } = await openAgents()
    await send({ path: BASE, as: admin, body: { bulk_filter: { cost_tier: 'free' } } })
    await send({ path: `${BASE}/disable`, as: admin, body: { bulk_filter: { search: 'qwen' } } })
    const rules = '/api/v2/agents/abc-123/model-rules'
    const { items } = await bodyOf<{ items: { id: string; is_enabled: boolean }[] }>(
      await send({ path: rules, as: admin }),
    )
    expect(items.map((rule) => rule.is_enabled)).toEqual([true, false])
    const last = `${rules}/${items[1]?.id}`
    expect((await send({ method: 'DELETE', path: last, as: admin })).status).toBe(204)
    expect((await send({ method: 'DELETE', path: last, as: admin })).status).toBe(404)
    expect(await bodyOf(await send({ path: BASE, as: admin }))).toMatchObject({ total_enabled: 2 })
  })

  it('are those of one’s own tenant, unless a platform admin names another', async () => {
    const { send } = await openAgents()
    await send({ path: BASE, as: admin, body: { bulk_filter: {} } })
    const named = `${BASE}?tenant_id=acme`
    const stranger = identityOf('tenant_admin', { tenantId: 'beta' })
    expect((await send({ path: named, as: stranger })).status).toBe(403)
    const platform = identityOf('platform_admin')
    expect(await bodyOf(await send({ path: named, as: platform }))).toMatchObject({
      total_enabled: 3,
    })
    const bound = { ...admin, agentIds: ['other'] }
    expect((await send({ path: BASE, as: bound })).status).toBe(403)
  })

  it('are refused by name, with nothing changed', async () => {
    const { send } = await openAgents()
    const body = { model_ids: ['hub/gpt-4o', 'hub/nothing'] }
    const refused = await bodyOf(await send({ path: BASE, as: admin, body }), 400)
    expect(refused).toMatchObject({ error: { code: 'unknown-model' } })
    expect(await bodyOf(await send({ path: BASE, as: admin }))).toMatchObject({ total_enabled: 0 })
    expect((await send({ path: BASE, as: admin, body: {} })).status).toBe(400)
  })
})
