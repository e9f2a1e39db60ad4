import type { AgentKey, MessageRecord, Store, Strategy } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import type { TestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { aModel, aProvider } from '../__fixtures__/sample-model.ts'
import { weighted } from '../strategies/weighted.ts'
import { AgentSnapshot } from './agent-snapshot.ts'
import type { OwnRating } from './own-ratings.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'

const agent: AgentKey = { tenantId: 't', agentId: 'a' }
const model = aModel('m')

/** Rates a new answer of the model at code, as a user of its own. */
async function rate(store: Store, number: number, task = 'code'): Promise<OwnRating> {
  const id = `01960000-0000-7000-8000-${String(number).padStart(12, '0')}`
  const userId = `user-${number}`
  const message: MessageRecord = {
    id,
    ...agent,
    userId,
    role: 'assistant',
    model: model.id,
    metadata: {},
    createdAtMs: 0,
    taskType: task,
    creditedTaskType: task,
    toolsUsed: [],
  }
  await store.ledger.append({ decisions: [], attempts: [], messages: [message] })
  const outcome = await store.feedback.record({
    id,
    tenantId: agent.tenantId,
    messageId: id,
    userId,
    feedbackType: 'explicit',
    ratingMilli: 500,
    atMs: 0,
  })
  if (outcome.kind !== 'recorded' || outcome.moved === undefined) throw new Error(outcome.kind)
  return { message, moved: outcome.moved }
}

/** The ratings of the one model at code that a snapshot knows: their number and their sum. */
function codeOf({ experience }: RoutingSnapshot): readonly unknown[] {
  const { count, sum } = experience.get('code') ?? {}
  return [count?.[0] ?? 0, sum?.[0] ?? 0]
}

/** The reference store, whose reading of experience waits for gates and counts. */
async function setUp(strategy: Strategy = weighted(), runtime: TestRuntime = createTestRuntime()) {
  const inner = memoryStore()
  await inner.providers.put(aProvider())
  await inner.models.put(model)
  const gates: Promise<unknown>[] = []
  let began = 0
  const listExperience: Store['feedback']['listExperience'] = async (key) => {
    began += 1
    await gates.shift()
    return inner.feedback.listExperience(key)
  }
  const store: Store = { ...inner, feedback: { ...inner.feedback, listExperience } }
  const snapshot = new AgentSnapshot(
    {
      store,
      runtime,
      unconfiguredAgents: 'all',
      shareExperience: false,
      strategyOf: () => strategy,
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

  it('stays the last one when it could not be loaded, and is loaded by the next request', async () => {
    const { snapshot, inner, gates } = await setUp()
    const last = await snapshot.get()
    await inner.models.put(aModel('n'))
    snapshot.invalidate('models')
    const away = Promise.reject(new ImrsError('store-unavailable', 'The store is away'))
    away.catch(() => undefined)
    gates.push(away)
    expect(await snapshot.get()).toBe(last)
    expect((await snapshot.get()).models).toHaveLength(2)
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

describe('ratings in the snapshot of an agent', () => {
  it('that this process took count at once, and nothing is read for them', async () => {
    const { snapshot, inner, runtime, began } = await setUp()
    const old = await snapshot.get()
    for (const number of [1, 2, 3]) {
      snapshot.rated(await rate(inner, number))
      expect(codeOf(await snapshot.get())).toEqual([number, number / 2])
    }
    expect(codeOf(old)).toEqual([0, 0])
    await runtime.advance(1000)
    await snapshot.get()
    await runtime.advance(0)
    const now = await snapshot.get()
    expect([codeOf(now), began()]).toEqual([[3, 1.5], 1])
    expect(now.version).not.toBe(old.version)
  })

  it('that others took are read together, once a second, and nobody waits', async () => {
    const { snapshot, inner, gates, runtime, began } = await setUp()
    await snapshot.get()
    for (const number of [1, 2, 3]) await rate(inner, number)
    expect(codeOf(await snapshot.get())).toEqual([0, 0])
    const gate = Promise.withResolvers<void>()
    gates.push(gate.promise)
    await runtime.advance(1000)
    await snapshot.get()
    await runtime.advance(0)
    expect([codeOf(await snapshot.get()), began()]).toEqual([[0, 0], 2])
    snapshot.rated(await rate(inner, 4))
    expect(codeOf(await snapshot.get())).toEqual([1, 0.5])
    gate.resolve()
    await runtime.advance(0)
    // The fourth came while the three were read, and may have been read with them.
    expect(codeOf(await snapshot.get())[0]).toBeGreaterThanOrEqual(4)
    await runtime.advance(1000)
    await snapshot.get()
    await runtime.advance(0)
    expect([codeOf(await snapshot.get()), began()]).toEqual([[4, 2], 3])
  })

  it('are what a strategy that learns is shown, weighted, of all scopes', async () => {
    const shown: (readonly unknown[])[] = []
    const learn: Strategy['learn'] = ({ cells }) => {
      shown.push(cells.map(({ scope, count, sum }) => [scope, count, sum]))
      return undefined
    }
    const { snapshot, inner } = await setUp({ ...weighted(), learn })
    await rate(inner, 1)
    await snapshot.get()
    snapshot.rated(await rate(inner, 2))
    await snapshot.get()
    expect(shown.at(-1)).toEqual([
      ['agent', 2, 1000],
      ['tenant', 2, 1000],
    ])
    await snapshot.get()
    expect(shown).toHaveLength(2)
  })

  it('make a strategy that takes its time learn no more than now and then, and lose nothing', async () => {
    let ratings = 0
    const runtime = createTestRuntime()
    let spentMs = 0
    const slow = { ...runtime, monotonic: () => runtime.monotonic() + spentMs }
    const learn: Strategy['learn'] = ({ cells }) => {
      spentMs += 2_500
      ratings = cells.find(({ scope }) => scope === 'agent')?.count ?? 0
      return undefined
    }
    const { snapshot, inner } = await setUp({ ...weighted(), learn }, slow)
    await snapshot.get()
    snapshot.rated(await rate(inner, 1))
    await snapshot.get()
    expect(ratings).toBe(1)
    snapshot.rated(await rate(inner, 2))
    expect(codeOf(await snapshot.get())).toEqual([2, 1])
    expect(ratings).toBe(1)
    spentMs += 2_501
    await snapshot.get()
    expect(ratings).toBe(2)
  })

  it('of an agent that nobody asks for are read when somebody does', async () => {
    const { snapshot, inner, began } = await setUp()
    await snapshot.get()
    for (let number = 1; number <= 1001; number += 1) snapshot.rated(await rate(inner, number))
    expect([codeOf(await snapshot.get()), began()]).toEqual([[1001, 500.5], 2])
  })

  it('find the group of texts that they are the first of', async () => {
    const { snapshot, inner } = await setUp()
    await snapshot.get()
    snapshot.rated(await rate(inner, 1, 'general/~ABCD'))
    expect((await snapshot.get()).textGroups.map(({ name }) => name)).toEqual(['~ABCD'])
    expect(await snapshot.get()).toBe(await snapshot.get())
  })
})
