import type { Attempt, Decision } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'
import type { TestRouter } from '../__fixtures__/make-router.ts'

const DAY_MS = 86_400_000

interface Call {
  readonly modelId: string
  readonly taskType?: string
  readonly agentId?: string
  readonly atMs: number
  readonly changes?: Partial<Attempt>
}

/** Writes calls as if they had been made, with their decisions. */
async function made({ store, runtime }: TestRouter, calls: readonly Call[]): Promise<void> {
  const decisions: Decision[] = []
  const attempts: Attempt[] = []
  for (const { modelId, taskType = 'code', agentId = 'default', atMs, changes } of calls) {
    const key = { tenantId: 'default', agentId, messageId: runtime.newId() }
    const decisionId = runtime.newId()
    decisions.push({
      id: decisionId,
      ...key,
      atMs,
      source: 'auto',
      modelId,
      task: { type: taskType, source: 'keyword', confidence: 'high', matches: 1 },
      requiredCapabilities: [],
      candidates: [],
      candidateCount: 1,
      exclusions: { counts: {}, examples: [] },
      propensity: 1,
      opeEligible: true,
      strategy: { name: 'weighted', version: '1' },
      snapshotVersion: '1',
      seed: 1,
      replayable: true,
    })
    attempts.push({
      id: runtime.newId(),
      ...key,
      decisionId,
      position: 1,
      cause: 'first',
      providerId: 'fake',
      modelId,
      outcome: 'completed',
      startedAtMs: atMs,
      firstPartMs: 100,
      totalMs: 1_000,
      usage: { inputTokens: 10, outputTokens: 5 },
      costNanoUsd: 2_000,
      ...changes,
    })
  }
  await store.ledger.append({ decisions, attempts, messages: [] })
}

describe('the report', () => {
  it('tells of answers that were given and rated', async () => {
    const { router } = await makeRouter()
    for (const signal of ['thumbs-up', 'thumbs-down'] as const) {
      const answer = await router.chat({ ...hello, model: 'fake/one' })
      await read(answer)
      await router.feedback({ messageId: answer.messageId, userId: 'u1', signal })
    }
    await read(await router.chat({ ...hello, model: 'fake/two' }))
    const { rows } = await router.performance.report()
    expect(rows).toMatchObject([
      { modelId: 'fake/one', requests: 2, calls: 2, failures: 0, rating: { mean: 0.5, count: 2 } },
      { modelId: 'fake/two', requests: 1, rating: undefined },
    ])
    expect(rows[0]?.rating?.isKnown).toBe(false)
  })

  it('keeps apart what it is asked to, and adds up the rest', async () => {
    const given = await makeRouter()
    const atMs = given.runtime.now()
    await made(given, [
      { modelId: 'p/a', atMs, changes: { totalMs: 100 } },
      { modelId: 'p/a', atMs, taskType: 'write', changes: { totalMs: 10_000 } },
      { modelId: 'p/a', atMs, agentId: 'other', changes: { costNanoUsd: undefined } },
      {
        modelId: 'p/a',
        atMs,
        changes: {
          cause: 'retry',
          outcome: 'failed',
          failureKind: 'overloaded',
          costNanoUsd: 4_000,
        },
      },
      { modelId: 'p/b', atMs },
    ])
    const { performance } = given.router
    const [all] = (await performance.report({ groupBy: [] })).rows
    expect(all).toMatchObject({
      requests: 4,
      calls: 5,
      failures: 1,
      failuresByKind: { overloaded: 1 },
      costNanoUsd: 10_000,
      unpricedCalls: 1,
      inputTokens: 50,
      firstPartMs: { count: 5 },
      totalMs: { count: 4 },
    })
    // Four calls of known cost at 2,500 on average, and five calls for four requests.
    expect(all?.costPerRequestNanoUsd).toBe(2_500 * (5 / 4))
    const [a] = (await performance.report({ modelId: 'p/a' })).rows
    expect(Math.abs((a?.totalMs?.p50 ?? 0) / 1_000 - 1)).toBeLessThanOrEqual(0.05)
    expect(Math.abs((a?.totalMs?.p95 ?? 0) / 10_000 - 1)).toBeLessThanOrEqual(0.05)
    const keys = async (query: object) =>
      (await performance.report(query)).rows.map((row) => [
        row.modelId,
        row.taskType,
        row.agentId,
        row.requests,
      ])
    expect(await keys({ groupBy: ['model', 'task-type', 'agent'] })).toEqual([
      ['p/a', 'code', 'default', 1],
      ['p/a', 'code', 'other', 1],
      ['p/a', 'write', 'default', 1],
      ['p/b', 'code', 'default', 1],
    ])
    expect(await keys({ taskType: 'write', groupBy: [] })).toEqual([
      [undefined, undefined, undefined, 1],
    ])
    expect(await keys({ agentId: 'other' })).toEqual([['p/a', undefined, undefined, 1]])
    expect(await keys({ tenantId: 'nobody' })).toEqual([])
  })

  it('is of whole days, however many months lie between', async () => {
    const given = await makeRouter()
    const { performance } = given.router
    const first = Date.UTC(2025, 0, 15)
    const days = Array.from({ length: 100 }, (_, index) => first + index * DAY_MS)
    await made(
      given,
      days.map((atMs) => ({ modelId: 'p/a', atMs })),
    )
    const count = async (query: object) => (await performance.report(query)).rows[0]?.requests
    expect(await count({})).toBe(100)
    expect(await count({ fromMs: first + 20 * DAY_MS + 5 })).toBe(80)
    expect(await count({ toMs: first + 20 * DAY_MS })).toBe(20)
    const some = { fromMs: first + 10 * DAY_MS, toMs: first + 70 * DAY_MS }
    expect(await performance.report(some)).toMatchObject({
      fromDay: '2025-01-25',
      toDay: '2025-03-25',
      ratingsFromMonth: '2025-01',
      ratingsToMonth: '2025-03',
      rows: [{ requests: 60 }],
    })
    const byDay = await performance.report({ ...some, groupBy: ['day'] })
    expect(byDay.rows).toHaveLength(60)
    expect(byDay.rows[0]).toMatchObject({ period: '2025-01-25', requests: 1 })
    const byMonth = await performance.report({ ...some, groupBy: ['month'] })
    expect(byMonth.rows.map(({ period, requests }) => [period, requests])).toEqual([
      ['2025-01', 7],
      ['2025-02', 28],
      ['2025-03', 25],
    ])
  })

  it.each([
    ['groupBy', { groupBy: ['colour'] }],
    ['fromMs', { fromMs: Number.NaN }],
    ['toMs', { toMs: 1e18 }],
    ['toMs', { fromMs: 5, toMs: 5 }],
    ['tenantId', { tenantId: '' }],
    ['agentId', { agentId: '' }],
  ])('names %s when it is wrong', async (field, query) => {
    const { router } = await makeRouter()
    await expect(router.performance.report(query as object)).rejects.toMatchObject({
      code: 'invalid-request',
      field,
    })
  })
})

describe('the use of one model', () => {
  it('is told by kind of task and month, under any name of the model', async () => {
    const given = await makeRouter()
    const atMs = Date.UTC(2025, 5, 1)
    await made(given, [
      { modelId: 'fake/one', atMs },
      { modelId: 'fake/one', atMs: atMs + 40 * DAY_MS, taskType: 'write' },
      { modelId: 'fake/two', atMs },
      { modelId: 'gone/model', atMs },
    ])
    const { performance } = given.router
    expect(await performance.usageOf('fake/one')).toMatchObject({
      modelId: 'fake/one',
      overall: { requests: 2, costNanoUsd: 4_000 },
      byTaskType: [
        { taskType: 'code', requests: 1 },
        { taskType: 'write', requests: 1 },
      ],
      byMonth: [{ period: '2025-06' }, { period: '2025-07' }],
    })
    expect(await performance.usageOf('one')).toMatchObject({
      modelId: 'fake/one',
      overall: { requests: 2 },
    })
    expect(await performance.usageOf('gone/model')).toMatchObject({ overall: { requests: 1 } })
  })

  it('is none of a model nobody asked, and an error of one nobody knows', async () => {
    const { router } = await makeRouter()
    const { performance } = router
    expect(await performance.usageOf('fake/two')).toMatchObject({
      overall: { requests: 0 },
      byMonth: [],
    })
    await expect(performance.usageOf('fake/nobody')).rejects.toMatchObject({
      code: 'unknown-model',
    })
  })
})
