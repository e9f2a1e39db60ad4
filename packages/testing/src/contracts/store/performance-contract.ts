import { addFigures, emptyFigures, latencyBucketOf } from '@imrs/core'
import type { Attempt, Decision, LedgerBatch, PerformanceCell, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, ODD_TEXT, attempt, decision, feedback, message, newId } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const DAY_MS = 86_400_000
const { tenantId } = AGENT

/** A call with the decision that led to it. */
function answered(
  changes: Partial<Attempt> = {},
  taskType = 'code',
): { readonly call: Attempt; readonly choice: Decision } {
  const messageId = newId()
  const task = { type: taskType, source: 'keyword', confidence: 'medium', matches: 1 } as const
  const choice = decision(messageId, { ...ownerOf(changes), task })
  return { call: attempt(messageId, { ...changes, decisionId: choice.id }), choice }
}

function ownerOf({ tenantId: tenant, agentId }: Partial<Attempt>): Partial<Decision> {
  return { tenantId: tenant ?? AGENT.tenantId, agentId: agentId ?? AGENT.agentId }
}

function batchOf(...answers: readonly ReturnType<typeof answered>[]): LedgerBatch {
  return {
    decisions: answers.map(({ choice }) => choice),
    attempts: answers.map(({ call }) => call),
    messages: [],
  }
}

async function sumOf(store: Store, period: 'day' | 'month'): Promise<object> {
  const sums = emptyFigures()
  for (const cell of await store.performance.listFigures({ tenantId, period })) {
    addFigures(sums, cell)
  }
  return sums
}

const byKey = (left: PerformanceCell, right: PerformanceCell): number =>
  nameOf(left) < nameOf(right) ? -1 : 1
const nameOf = ({ period, agentId, taskType, modelId }: PerformanceCell): string =>
  [period, agentId, taskType, modelId].join(' ')

export function performanceContract(setup: StoreContractSetup): void {
  it('adds calls to the cells of their day and month', async () => {
    const store = await openStore(setup)
    const completed = answered({
      headersMs: 10,
      firstPartMs: 40.5,
      totalMs: 1_234.4,
      usage: { inputTokens: 3_000_000_000, outputTokens: 7 },
      costNanoUsd: 5_000_000_000_000,
    })
    const failed = answered({
      outcome: 'failed',
      failureKind: 'rate-limited',
      cause: 'retry',
      firstPartMs: 40.5,
      totalMs: 50,
    })
    const aborted = answered({ outcome: 'aborted', headersMs: 3, startedAtMs: AT + DAY_MS })
    await store.ledger.append(batchOf(completed))
    await store.ledger.append(batchOf(failed, aborted))
    const days = [...(await store.performance.listFigures({ tenantId, period: 'day' }))].sort(byKey)
    const key = { ...AGENT, taskType: 'code', modelId: 'openrouter/a', providerId: 'openrouter' }
    const first = new Date(AT).toISOString().slice(0, 10)
    const next = new Date(AT + DAY_MS).toISOString().slice(0, 10)
    expect(days).toStrictEqual([
      {
        ...key,
        period: first,
        requests: 1,
        attempts: 2,
        failures: 1,
        aborted: 0,
        failuresByKind: { 'rate-limited': 1 },
        inputTokens: 3_000_000_000,
        outputTokens: 7,
        unmeasured: 0,
        costNanoUsd: 5_000_000_000_000,
        unpriced: 0,
        totalMsSum: 1_234,
        firstPart: { [latencyBucketOf(40.5)]: 2 },
        total: { [latencyBucketOf(1_234.4)]: 1 },
      },
      {
        ...key,
        ...emptyFigures(),
        period: next,
        requests: 1,
        attempts: 1,
        aborted: 1,
        unmeasured: 1,
        unpriced: 1,
      },
    ])
    expect(await sumOf(store, 'month')).toStrictEqual(await sumOf(store, 'day'))
  })

  it('adds each call once, however often and in whatever company it comes', async () => {
    const store = await openStore(setup)
    const [first, second, third] = [1, 2, 3].map((index) => answered({ totalMs: 100 * index }))
    if (first === undefined || second === undefined || third === undefined) throw new Error('three')
    await store.ledger.append(batchOf(first, second))
    await store.ledger.append(batchOf(first, second))
    await store.ledger.append(batchOf(second, third, third))
    await store.ledger.append({ decisions: [], attempts: [third.call], messages: [] })
    const expected = { attempts: 3, totalMsSum: 600 }
    expect(await sumOf(store, 'day')).toMatchObject(expected)
    expect(await sumOf(store, 'month')).toMatchObject(expected)
  })

  it('adds up what is written at the same time', async () => {
    const store = await openStore(setup)
    const batches = Array.from({ length: 20 }, () =>
      batchOf(
        ...['p/b', 'p/a'].map((modelId) =>
          answered({ modelId, providerId: 'p', outcome: 'failed', failureKind: 'overloaded' }),
        ),
        answered({ totalMs: 100 }),
      ),
    )
    await Promise.all(batches.map((batch) => store.ledger.append(batch)))
    expect(await sumOf(store, 'day')).toMatchObject({
      attempts: 60,
      failuresByKind: { overloaded: 40 },
      total: { [latencyBucketOf(100)]: 20 },
    })
  })

  it('knows a kind of task by the decision, of this batch or one before, else as general', async () => {
    const store = await openStore(setup)
    const { call, choice } = answered({}, ODD_TEXT)
    await store.ledger.append({ decisions: [choice], attempts: [], messages: [] })
    await store.ledger.append({ decisions: [], attempts: [call], messages: [] })
    await store.ledger.append({ decisions: [], attempts: [attempt(newId())], messages: [] })
    const [odd] = await store.performance.listFigures({
      tenantId,
      period: 'month',
      taskType: ODD_TEXT,
    })
    expect(odd).toMatchObject({ taskType: ODD_TEXT, attempts: 1 })
    const [general] = await store.performance.listFigures({
      tenantId,
      period: 'month',
      taskType: 'general',
    })
    expect(general).toMatchObject({ attempts: 1 })
  })

  it('adds nothing of a batch that was aborted', async () => {
    const store = await openStore(setup)
    const signal = AbortSignal.abort('enough')
    await expect(store.ledger.append(batchOf(answered()), { signal })).rejects.toBe('enough')
    expect(await store.performance.listFigures({ tenantId, period: 'day' })).toEqual([])
  })

  it('lists by agent, kind of task, model and period, and of one tenant only', async () => {
    const store = await openStore(setup)
    const changes: readonly (readonly [Partial<Attempt>, string])[] = [
      [{}, 'code'],
      [{ agentId: 'agent-2' }, 'code'],
      [{}, 'write'],
      [{ modelId: 'p/b', providerId: 'p' }, 'code'],
      [{ startedAtMs: AT + DAY_MS }, 'code'],
      [{ tenantId: 'tenant-2' }, 'code'],
    ]
    await store.ledger.append(batchOf(...changes.map((each) => answered(...each))))
    const count = async (query: object): Promise<number> =>
      (await store.performance.listFigures({ tenantId, period: 'day', ...query })).length
    const today = new Date(AT).toISOString().slice(0, 10)
    const next = new Date(AT + DAY_MS).toISOString().slice(0, 10)
    expect(await count({})).toBe(5)
    expect(await count({ agentId: 'agent-2' })).toBe(1)
    expect(await count({ taskType: 'write' })).toBe(1)
    expect(await count({ modelId: 'p/b' })).toBe(1)
    expect(await count({ to: today })).toBe(4)
    expect(await count({ from: next })).toBe(1)
    expect(await count({ from: today, to: next })).toBe(5)
    expect(await count({ tenantId: 'tenant-2' })).toBe(1)
    expect(await count({ tenantId: 'tenant-3' })).toBe(0)
  })

  it('lists the experience of all agents of a tenant by month', async () => {
    const store = await openStore(setup)
    const rated = [
      message(),
      message({ agentId: 'agent-2' }),
      message({ model: 'p/b', taskType: 'write' }),
      message({ createdAtMs: AT + 40 * DAY_MS }),
      message({ tenantId: 'tenant-2' }),
    ]
    await store.ledger.append({ decisions: [], attempts: [], messages: rated })
    for (const each of rated) await store.feedback.record(feedback(each))
    const count = async (query: object): Promise<number> =>
      (await store.performance.listRatings({ tenantId, ...query })).length
    const month = new Date(AT).toISOString().slice(0, 7)
    expect(await count({})).toBe(4)
    expect(await count({ agentId: 'agent-2' })).toBe(1)
    expect(await count({ taskType: 'write', modelId: 'p/b' })).toBe(1)
    expect(await count({ to: month })).toBe(3)
    expect(await count({ from: month })).toBe(4)
    const [cell] = await store.performance.listRatings({ tenantId: 'tenant-2' })
    expect(cell).toMatchObject({ scope: 'agent', month, count: 1, sum: 1_000 })
  })
}
