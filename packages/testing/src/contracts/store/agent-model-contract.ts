import type { AgentModel } from '@imrs/core'
import { agentTopic } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AGENT_TOPIC, AT, ODD_TEXT, agentModel } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

export function agentModelContract(setup: StoreContractSetup): void {
  it('gives rows back as they were put, enabled or not, by model id', async () => {
    const store = await openStore(setup)
    const rows: readonly AgentModel[] = [
      agentModel('p/b', { isEnabled: false, enabledAtMs: AT + 1 }),
      agentModel('p/a', { priorityOverride: 0, enabledBy: ODD_TEXT }),
      agentModel('p/B', { priorityOverride: 100, enabledBy: undefined }),
    ]
    await store.agentModels.put(rows)
    expect(await store.agentModels.list(AGENT)).toStrictEqual([
      agentModel('p/B', { priorityOverride: 100 }),
      rows[1],
      rows[0],
    ])
  })

  it('replaces rows by tenant, agent and model; of two with one key the last counts', async () => {
    const store = await openStore(setup)
    await store.agentModels.put([agentModel('p/a', { priorityOverride: 1, enabledBy: 'x' })])
    await store.agentModels.put([agentModel('p/a', { priorityOverride: 2 }), agentModel('p/a')])
    expect(await store.agentModels.list(AGENT)).toStrictEqual([agentModel('p/a')])
  })

  it('keeps tenants and agents apart', async () => {
    const store = await openStore(setup)
    const others = [{ tenantId: 'tenant-2' }, { agentId: 'agent-2' }, { tenantId: 'Tenant-1' }]
    await store.agentModels.put(others.map((other) => agentModel('p/a', other)))
    expect(await store.agentModels.list(AGENT)).toEqual([])
    expect(await store.agentModels.list({ ...AGENT, tenantId: 'tenant-2' })).toHaveLength(1)
  })

  it('raises the version of each agent once a call, and of no other', async () => {
    const store = await openStore(setup)
    const other = { ...AGENT, agentId: 'agent-2' }
    await store.agentModels.put([agentModel('p/a'), agentModel('p/b'), agentModel('p/a', other)])
    await store.agentModels.put([agentModel('p/a')])
    await store.agentModels.put([])
    const untouched = agentTopic({ ...AGENT, tenantId: 'tenant-2' })
    const topics = [AGENT_TOPIC, agentTopic(other), untouched]
    expect(await store.changes.versions(topics)).toEqual([2, 1, 0])
  })

  it('writes an audit row for each row', async () => {
    const store = await openStore(setup)
    const off = agentModel('p/b', { isEnabled: false, enabledBy: 'user-9', enabledAtMs: AT + 5 })
    await store.agentModels.put([agentModel('p/a', { priorityOverride: 3 }), off])
    await store.agentModels.put([agentModel('p/a')])
    const { tenantId, agentId } = AGENT
    const enabled = { tenantId, action: 'agent-model-enabled', subject: 'agent-1/p/a', atMs: AT }
    const disabled = { tenantId, action: 'agent-model-disabled', subject: 'agent-1/p/b' }
    const entries = await store.audit.list({ tenantId })
    expect(entries.map(({ seq: _seq, ...entry }) => entry)).toStrictEqual([
      { ...enabled, details: { agentId, modelId: 'p/a' } },
      { ...disabled, actor: 'user-9', atMs: AT + 5, details: { agentId, modelId: 'p/b' } },
      { ...enabled, details: { agentId, modelId: 'p/a', priorityOverride: 3 } },
    ])
  })

  it('takes thousands of rows in one call', async () => {
    const store = await openStore(setup)
    await store.agentModels.put(
      Array.from({ length: 5_000 }, (_, index) => agentModel(`p/${index}`)),
    )
    expect(await store.agentModels.list(AGENT)).toHaveLength(5_000)
  })

  it('loses nothing when calls with the same rows in other orders race', async () => {
    const store = await openStore(setup)
    const rows = Array.from({ length: 50 }, (_, index) => agentModel(`p/${index}`))
    const orders = [rows, rows.toReversed(), rows, rows.toReversed()]
    await Promise.all(orders.map((order) => store.agentModels.put(order)))
    expect(await store.agentModels.list(AGENT)).toHaveLength(50)
    expect(await store.changes.versions([AGENT_TOPIC])).toEqual([4])
  })
}
