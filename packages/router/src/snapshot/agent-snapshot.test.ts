import type { AgentKey, Model, Provider, Store } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { weighted } from '../strategies/weighted.ts'
import { AgentSnapshot } from './agent-snapshot.ts'

const agent: AgentKey = { tenantId: 't', agentId: 'a' }
const provider: Provider = {
  id: 'p',
  displayName: 'P',
  providerType: 'custom',
  apiBase: 'https://p.example',
  modelsEndpoint: '/models',
  isActive: true,
  origin: 'code',
  settings: {},
  createdAtMs: 0,
  updatedAtMs: 0,
}
const model: Model = {
  id: 'p/m',
  providerId: 'p',
  externalId: 'm',
  displayName: 'M',
  modelType: 'chat',
  capabilities: ['text'],
  pricing: {},
  isAvailable: true,
  metadata: {},
  priority: 50,
  domains: [],
  origin: 'sync',
  createdAtMs: 0,
  updatedAtMs: 0,
}

/** The reference store, whose reading of experience waits for gates and counts. */
async function setUp() {
  const inner = memoryStore()
  await inner.providers.put(provider)
  await inner.models.put(model)
  const gates: Promise<unknown>[] = []
  let began = 0
  const listExperience: Store['feedback']['listExperience'] = async (key) => {
    began += 1
    await gates.shift()
    return inner.feedback.listExperience(key)
  }
  const store: Store = { ...inner, feedback: { ...inner.feedback, listExperience } }
  const runtime = createTestRuntime()
  const snapshot = new AgentSnapshot(
    {
      store,
      runtime,
      unconfiguredAgents: 'all',
      shareExperience: false,
      strategyOf: () => weighted(),
      restrictions: [],
      emit: () => undefined,
    },
    agent,
  )
  return { inner, gates, snapshot, runtime, began: () => began }
}

describe('the snapshot of an agent', () => {
  it('is loaded once for all who come together, and then kept', async () => {
    const { snapshot, began } = await setUp()
    const [one, two] = await Promise.all([snapshot.get(), snapshot.get()])
    expect(one).toBe(two)
    expect(await snapshot.get()).toBe(one)
    expect(began()).toBe(1)
  })

  it('is never an old one for who comes while a change is being loaded', async () => {
    const { snapshot, gates } = await setUp()
    const old = await snapshot.get()
    const gate = Promise.withResolvers<void>()
    gates.push(gate.promise)
    snapshot.invalidate('experience')
    const first = snapshot.get()
    const second = snapshot.get()
    gate.resolve()
    expect(await second).not.toBe(old)
    expect(await second).toBe(await first)
  })

  it('is loaded once more when something changes while it is being loaded', async () => {
    const { snapshot, gates, began } = await setUp()
    const gate = Promise.withResolvers<void>()
    gates.push(gate.promise)
    const first = snapshot.get()
    snapshot.invalidate('experience')
    const second = snapshot.get()
    gate.resolve()
    expect(await second).not.toBe(await first)
    expect(began()).toBe(2)
  })

  it('sees the change of another process within a second of the next request', async () => {
    const { snapshot, inner, runtime } = await setUp()
    expect((await snapshot.get()).models).toHaveLength(1)
    await inner.models.put({ ...model, id: 'p/n', externalId: 'n' })
    expect((await snapshot.get()).models).toHaveLength(1)
    await runtime.advance(1000)
    await snapshot.get()
    await runtime.advance(0)
    expect((await snapshot.get()).models).toHaveLength(2)
  })

  it('serves on when the store is down, and fails when there is none yet', async () => {
    const { snapshot, inner } = await setUp()
    const before = await snapshot.get()
    await inner.close()
    snapshot.invalidate('models')
    expect(await snapshot.get()).toBe(before)

    const cold = await setUp()
    await cold.inner.close()
    await expect(cold.snapshot.get()).rejects.toMatchObject({ code: 'store-unavailable' })
  })
})
