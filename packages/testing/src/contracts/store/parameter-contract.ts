import { CATALOG_TOPIC, agentTopic } from '@imrs/core'
import type { ParameterDefaults } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AGENT_TOPIC, AT, ODD_TEXT } from './samples.ts'
import { openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const { tenantId, agentId } = AGENT

/** Of the agent, unless it is said otherwise. */
function defaults(changes: Partial<ParameterDefaults> = {}): ParameterDefaults {
  return { tenantId, agentId, parameters: { temperature: 0.5 }, updatedAtMs: AT, ...changes }
}

const ofAll = (modelId: string): ParameterDefaults => {
  const { agentId: _none, ...rest } = defaults({ modelId })
  return rest
}

export function parameterContract(setup: StoreContractSetup): void {
  it('gives every parameter back as it was put', async () => {
    const store = await openStore(setup)
    const all = defaults({
      modelId: 'p/a',
      parameters: {
        maxOutputTokens: 1,
        temperature: 0,
        topP: 1,
        stop: [ODD_TEXT, '\n'],
        seed: -7,
        reasoningEffort: 'none',
        providerOptions: { p: { deep: { list: [1, null, 'x'] } } },
      },
      updatedBy: ODD_TEXT,
    })
    await store.parameters.put(all)
    expect(await store.parameters.get(all)).toStrictEqual(all)
    expect(await store.parameters.list({ tenantId })).toStrictEqual([all])
  })

  it('gives one and the same thing for who is absent and who is undefined', async () => {
    const store = await openStore(setup)
    await store.parameters.put({ ...defaults(), modelId: undefined, updatedBy: undefined })
    expect(await store.parameters.get({ tenantId, agentId })).toStrictEqual(defaults())
  })

  it('replaces by tenant, agent and model', async () => {
    const store = await openStore(setup)
    const rows = [
      defaults(),
      defaults({ modelId: 'p/a' }),
      ofAll('p/a'),
      defaults({ tenantId: 'tenant-2' }),
    ]
    for (const row of rows) await store.parameters.put({ ...row, updatedBy: 'first' })
    for (const row of rows) await store.parameters.put(row)
    for (const row of rows) expect(await store.parameters.get(row)).toStrictEqual(row)
    expect(await store.parameters.list({ tenantId })).toHaveLength(3)
  })

  it('lists all of a tenant, or what counts for one agent, by agent and model', async () => {
    const store = await openStore(setup)
    const rows = [
      ofAll('p/B'),
      ofAll('p/a'),
      defaults(),
      defaults({ modelId: 'p/a' }),
      defaults({ agentId: 'agent-2' }),
    ]
    for (const row of rows.toReversed()) await store.parameters.put(row)
    await store.parameters.put(defaults({ tenantId: 'tenant-2' }))
    expect(await store.parameters.list({ tenantId })).toStrictEqual(rows)
    expect(await store.parameters.list({ tenantId, agentId })).toStrictEqual(rows.slice(0, 4))
    const stranger = { tenantId, agentId: 'agent-3' }
    expect(await store.parameters.list(stranger)).toStrictEqual(rows.slice(0, 2))
    expect(await store.parameters.list({ tenantId: 'tenant-3' })).toEqual([])
  })

  it('deletes the one that is meant, and says whether it was there', async () => {
    const store = await openStore(setup)
    await store.parameters.put(defaults())
    await store.parameters.put(defaults({ modelId: 'p/a' }))
    expect(await store.parameters.delete({ tenantId, agentId })).toBe(true)
    expect(await store.parameters.delete({ tenantId, agentId })).toBe(false)
    expect(await store.parameters.get({ tenantId, agentId })).toBeUndefined()
    expect(await store.parameters.list({ tenantId })).toHaveLength(1)
  })

  it("raises the agent's version, or the catalogue's where no agent is named", async () => {
    const store = await openStore(setup)
    const other = agentTopic({ tenantId, agentId: 'agent-2' })
    const versions = (): Promise<readonly number[]> =>
      store.changes.versions([AGENT_TOPIC, CATALOG_TOPIC, other])
    await store.parameters.put(defaults())
    await store.parameters.put(defaults({ modelId: 'p/a' }))
    expect(await versions()).toEqual([2, 0, 0])
    await store.parameters.put(ofAll('p/a'))
    expect(await versions()).toEqual([2, 1, 0])
    await store.parameters.delete(ofAll('p/a'))
    await store.parameters.delete(ofAll('p/a'))
    await store.parameters.delete({ tenantId, agentId })
    expect(await versions()).toEqual([3, 2, 0])
  })

  it('writes an audit row for each change that says who and when, and for no other', async () => {
    const store = await openStore(setup)
    const audit = { by: 'user-9', atMs: AT + 5 }
    await store.parameters.put(defaults({ modelId: 'p/a' }))
    await store.parameters.put(defaults({ modelId: 'p/a' }), { audit })
    await store.parameters.put(ofAll('p/a'), { audit: { atMs: AT } })
    await store.parameters.delete(defaults(), { audit })
    await store.parameters.delete(defaults({ modelId: 'p/a' }), { audit })
    const entries = await store.audit.list({ tenantId })
    const parameters = { temperature: 0.5 }
    const put = { tenantId, action: 'parameter-defaults-put' }
    expect(entries.map(({ seq: _seq, ...entry }) => entry)).toStrictEqual([
      {
        tenantId,
        action: 'parameter-defaults-deleted',
        subject: 'agent-1/p/a',
        actor: 'user-9',
        atMs: AT + 5,
        details: { agentId, modelId: 'p/a' },
      },
      { ...put, subject: '*/p/a', atMs: AT, details: { modelId: 'p/a', parameters } },
      {
        ...put,
        subject: 'agent-1/p/a',
        actor: 'user-9',
        atMs: AT + 5,
        details: { agentId, modelId: 'p/a', parameters },
      },
    ])
  })

  it('loses no version when changes race', async () => {
    const store = await openStore(setup)
    const changes = Array.from({ length: 20 }, (_, index) =>
      store.parameters.put(defaults({ parameters: { seed: index } })),
    )
    await Promise.all(changes)
    expect(await store.changes.versions([AGENT_TOPIC])).toEqual([20])
    expect(await store.parameters.list({ tenantId })).toHaveLength(1)
  })

  it.skipIf(setup.without?.['shared-data'] !== undefined)(
    'is seen by another store on the same data',
    async () => {
      const { store, openAgain } = await openFor(setup)
      if (openAgain === undefined) throw new Error('The setup opens no second store')
      await store.parameters.put(defaults())
      const again = await openAgain()
      expect(await again.parameters.get(defaults())).toStrictEqual(defaults())
      await again.close()
    },
  )
}
