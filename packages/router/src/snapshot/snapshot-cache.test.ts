import type { AgentModel, Model, Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { aModel, aProvider } from '../__fixtures__/sample-model.ts'
import { createRouter } from '../create-router.ts'
import { weighted } from '../strategies/weighted.ts'
import { SnapshotCache } from './snapshot-cache.ts'

const agentOf = (agentId: string) => ({ tenantId: 'default', agentId })

interface SetUp {
  readonly store: Store
  readonly cache: SnapshotCache
  /** How often all models were read. */
  readonly reads: () => number
}

async function setUp(maxBytes?: number, models = 50): Promise<SetUp> {
  const inner = memoryStore()
  await inner.providers.put(aProvider())
  for (let index = 0; index < models; index += 1) await inner.models.put(modelOf(index))
  let reads = 0
  const listRoutable: Store['models']['listRoutable'] = async (...asked) => {
    reads += 1
    return inner.models.listRoutable(...asked)
  }
  const store: Store = { ...inner, models: { ...inner.models, listRoutable } }
  const cache = new SnapshotCache({
    store,
    runtime: createTestRuntime(),
    unconfiguredAgents: 'all',
    shareExperience: false,
    strategyOf: () => weighted(),
    restrictions: [],
    emit: () => undefined,
    maxBytes,
  })
  return { store, cache, reads: () => reads }
}

async function enable(
  { agentModels }: Store,
  agentId: string,
  rows: readonly (Pick<AgentModel, 'modelId'> & Partial<AgentModel>)[],
): Promise<void> {
  await agentModels.put(
    rows.map((row) => ({ ...agentOf(agentId), isEnabled: true, enabledAtMs: 0, ...row })),
  )
}

function modelOf(index: number, more?: Partial<Model>): Model {
  return aModel(`m-${String(index).padStart(3, '0')}`, more)
}

describe('what agents have in common', () => {
  it('is one table where they may use the same models, read once', async () => {
    const { cache, reads } = await setUp()
    const [one, two] = await Promise.all([cache.get(agentOf('a')), cache.get(agentOf('b'))])
    expect(one).not.toBe(two)
    expect(two.table.capabilities).toBe(one.table.capabilities)
    expect(two.models).toBe(one.models)
    expect(two.rowOf).toBe(one.rowOf)
    expect(two.parameterProfiles).toBe(one.parameterProfiles)
    expect(reads()).toBe(1)
  })

  it('is the objects of the models where they may use some of the same', async () => {
    const { cache, store } = await setUp()
    for (const [agentId, kept] of [
      ['a', [0, 1, 2]],
      ['b', [1, 2, 3]],
    ] as const) {
      const changes = kept.map((index) => ({ modelId: modelOf(index).id }))
      await enable(store, agentId, changes)
    }
    const [one, two] = [await cache.get(agentOf('a')), await cache.get(agentOf('b'))]
    expect(one.models.map(({ externalId }) => externalId)).toEqual(['m-000', 'm-001', 'm-002'])
    expect(two.models.map(({ externalId }) => externalId)).toEqual(['m-001', 'm-002', 'm-003'])
    expect(two.models[0]).toBe(one.models[1])
    expect(two.table.price).not.toBe(one.table.price)
  })

  it('is not what differs: a priority of an agent’s own, a model that changed', async () => {
    const { cache, store } = await setUp()
    await enable(store, 'a', [{ modelId: modelOf(0).id, priorityOverride: 90 }])
    await enable(store, 'b', [{ modelId: modelOf(0).id, priorityOverride: 10 }])
    expect((await cache.get(agentOf('a'))).table.priority).toEqual(Float64Array.of(0.9))
    expect((await cache.get(agentOf('b'))).table.priority).toEqual(Float64Array.of(0.1))
    const before = await cache.get(agentOf('all'))
    await store.models.put(modelOf(7, { displayName: 'Changed' }))
    cache.invalidateCatalog()
    const after = await cache.get(agentOf('all'))
    expect(after.models[7]?.displayName).toBe('Changed')
    expect(after.models[8]).toBe(before.models[8])
    expect(before.models[7]?.displayName).not.toBe('Changed')
  })
})

describe('memory', () => {
  it('is bounded by bytes: the agent used longest ago goes first', async () => {
    const { cache } = await setUp(120_000)
    for (let agent = 0; agent < 30; agent += 1) {
      await cache.get(agentOf('kept'))
      await cache.get(agentOf(`agent-${agent}`))
      expect(cache.memory.bytes).toBeLessThanOrEqual(120_000)
    }
    expect(cache.memory.agents).toBeGreaterThan(3)
    expect(cache.memory.agents).toBeLessThan(14)
    expect(cache.peek(agentOf('kept'))).toMatchObject({ agent: agentOf('kept') })
    expect(cache.peek(agentOf('agent-29'))).toMatchObject({ agent: agentOf('agent-29') })
    expect(cache.peek(agentOf('agent-0'))).toBeUndefined()
  })

  it('counts what agents have in common once', async () => {
    const { cache } = await setUp(undefined, 500)
    await cache.get(agentOf('a'))
    const one = cache.memory.bytes
    await cache.get(agentOf('b'))
    expect(cache.memory.bytes - one).toBeLessThan(one / 10)
    // Read again, for nothing: nothing is counted twice.
    cache.invalidateCatalog()
    await cache.get(agentOf('a'))
    await cache.get(agentOf('b'))
    expect(cache.memory.bytes).toBeLessThan(one * 1.2)
  })

  it('of agents that are gone counts for nothing, nor does what only they had', async () => {
    const { cache, store } = await setUp(120_000)
    for (let index = 0; index < 40; index += 1) {
      const priorityOverride = index
      await enable(store, `agent-${index}`, [{ modelId: modelOf(index).id, priorityOverride }])
    }
    await cache.get(agentOf('agent-0'))
    const one = cache.memory.bytes
    for (let index = 1; index < 40; index += 1) await cache.get(agentOf(`agent-${index}`))
    expect(cache.memory.agents).toBe(Math.floor(120_000 / one))
  })

  it('keeps the agent in use, whatever it takes', async () => {
    const { cache, reads } = await setUp(1)
    const snapshot = await cache.get(agentOf('a'))
    expect(await cache.get(agentOf('a'))).toBe(snapshot)
    expect(cache.memory.agents).toBe(1)
    expect(reads()).toBe(1)
    await cache.get(agentOf('b'))
    expect(cache.peek(agentOf('a'))).toBeUndefined()
    expect(cache.memory.agents).toBe(1)
  })

  it('is an option of the router, refused by name', async () => {
    const options = { store: memoryStore(), providers: [], snapshotBytes: 0 }
    await expect(createRouter(options as never)).rejects.toThrow('`snapshotBytes`')
  })
})
