import {
  FIGURE_GROUPS,
  addFigures,
  emptyFigures,
  periodOf,
  seededRandom,
  tallyAttempts,
} from '@imrs/core'
import type {
  Attempt,
  ClassifiedAttempt,
  Decision,
  FigureGroup,
  FigureKey,
  FigureSum,
  FigureSumQuery,
  LedgerBatch,
  MutableFigures,
  PerformanceCell,
} from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, attempt, decision, feedback, message, model, newId } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const DAY_MS = 86_400_000
const { tenantId } = AGENT
const FIRST = Date.UTC(2026, 0, 20)
const DAYS = 75

/** More than a store adds up at once, in batches of different lengths. */
const CALLS = 1_500
const BATCHES = [1, 1, 40, 3, 1, 200]

/** Calls of many days, to some models, for some agents, that went well or did not. */
function drawnCalls(random: () => number): readonly (ClassifiedAttempt & { choice: Decision })[] {
  const pick = <T>(values: readonly [T, ...T[]]): T =>
    values[Math.floor(random() * values.length)] ?? values[0]
  return Array.from({ length: CALLS }, () => {
    const taskType = pick(['code', 'write'])
    const messageId = newId()
    const owner = { tenantId, agentId: pick(['agent-1', 'agent-2', 'agent-3']) }
    const task = { type: taskType, source: 'keyword', confidence: 'medium', matches: 1 } as const
    const choice = decision(messageId, { ...owner, task })
    const made = attempt(messageId, {
      ...owner,
      decisionId: choice.id,
      modelId: pick(['p/a', 'p/b', 'p/c']),
      providerId: 'p',
      startedAtMs: FIRST + Math.floor(random() * DAYS) * DAY_MS,
      firstPartMs: random() * 1_000,
      totalMs: random() * 100_000,
      costNanoUsd: Math.floor(random() * 1_000_000),
      cause: pick(['first', 'retry']),
      ...pick<Partial<Attempt>>([
        { outcome: 'completed' },
        { outcome: 'aborted' },
        { outcome: 'failed', failureKind: 'overloaded' },
        { outcome: 'failed', failureKind: 'rate-limited' },
      ]),
    })
    return { attempt: made, taskType, choice }
  })
}

function* batchesOf(
  calls: readonly (ClassifiedAttempt & { choice: Decision })[],
): Generator<LedgerBatch> {
  for (let start = 0, index = 0; start < calls.length; index += 1) {
    const some = calls.slice(start, start + (BATCHES[index % BATCHES.length] ?? 1))
    start += some.length
    yield {
      decisions: some.map(({ choice }) => choice),
      attempts: some.map((call) => call.attempt),
      messages: [],
    }
  }
}

/** What the sums must be, from the calls themselves. */
function expectedSums(
  cells: readonly PerformanceCell[],
  { fromDay = '', toDay = '9999', agentId, taskType, modelId, groupBy }: FigureSumQuery,
): ReadonlyMap<string, FigureSum> {
  const sums = new Map<string, FigureKey & MutableFigures>()
  const wanted = { agentId, taskType, modelId }
  const isWanted = (cell: PerformanceCell): boolean =>
    (['agentId', 'taskType', 'modelId'] as const).every(
      (name) => wanted[name] === undefined || wanted[name] === cell[name],
    )
  for (const cell of cells) {
    const { period } = cell
    if (period < fromDay || period > toDay || !isWanted(cell)) continue
    const all: Readonly<Record<FigureGroup, FigureKey>> = {
      model: { modelId: cell.modelId },
      'task-type': { taskType: cell.taskType },
      agent: { agentId: cell.agentId },
      month: groupBy.includes('day') ? {} : { period: period.slice(0, 7) },
      day: { period },
    }
    const key: FigureKey = Object.assign({}, ...groupBy.map((group) => all[group]))
    const sum = sums.get(keyName(key)) ?? { ...key, ...emptyFigures() }
    sums.set(keyName(key), sum)
    addFigures(sum, cell)
  }
  return sums
}

function keyName({ modelId, taskType, agentId, period }: FigureKey): string {
  return JSON.stringify([modelId, taskType, agentId, period])
}

export function figureSumsContract(setup: StoreContractSetup): void {
  it('adds up any days by anything, from many calls and while they are recorded', async () => {
    const store = await openStore(setup)
    const random = seededRandom(5)
    const calls = drawnCalls(random)
    for (const batch of batchesOf(calls)) await store.ledger.append(batch)
    const cells = tallyAttempts(calls, 'day')
    const day = (): string =>
      periodOf(FIRST + Math.floor(random() * (DAYS + 4) - 2) * DAY_MS, 'day')
    const maybe = <T>(value: T): T | undefined => (random() < 0.3 ? value : undefined)
    for (let round = 0; round < 60; round += 1) {
      const [fromDay, toDay] = [day(), day()].toSorted()
      const query: FigureSumQuery = {
        tenantId,
        groupBy: FIGURE_GROUPS.filter(() => random() < 0.4),
        fromDay: random() < 0.8 ? fromDay : undefined,
        toDay: random() < 0.8 ? toDay : undefined,
        agentId: maybe('agent-2'),
        taskType: maybe('code'),
        modelId: maybe('p/b'),
      }
      const found = await store.performance.sumFigures(query)
      const sums = new Map(found.map((sum) => [keyName(sum), sum]))
      expect(sums.size, JSON.stringify(query)).toBe(found.length)
      expect(sums, JSON.stringify(query)).toStrictEqual(expectedSums(cells, query))
    }
  })

  it('has every call in the sums of those that ask while others write', async () => {
    const store = await openStore(setup)
    const calls = drawnCalls(seededRandom(6))
    let written = 0
    let isOver = false
    const writing = (async () => {
      for (const batch of batchesOf(calls)) {
        await store.ledger.append(batch)
        written += batch.attempts.length
      }
      isOver = true
    })()
    while (!isOver) {
      const before = written
      const [sum] = await store.performance.sumFigures({ tenantId, groupBy: [] })
      const found = sum?.attempts ?? 0
      expect(found).toBeGreaterThanOrEqual(before)
      expect(found).toBeLessThanOrEqual(calls.length)
      const parts = await store.performance.listFigures({ tenantId, period: 'day' })
      expect(parts.reduce((count, { attempts }) => count + attempts, 0)).toBeGreaterThanOrEqual(
        found,
      )
    }
    await writing
    const [sum] = await store.performance.sumFigures({ tenantId, groupBy: [] })
    expect(sum?.attempts).toBe(CALLS)
  })

  it('counts a model that was renamed under its new id, unless the old one is offered again', async () => {
    const store = await openStore(setup)
    const names = ['p/oldest', 'p/old', 'p/new', 'p/other', 'p/reused']
    const rated = names.map((modelId) => message({ model: modelId }))
    await store.ledger.append({
      decisions: [],
      attempts: names.map((modelId) => attempt(newId(), { modelId, providerId: 'p' })),
      messages: rated,
    })
    for (const each of rated) await store.feedback.record(feedback(each))
    const alias = { isAutomatic: true, createdAtMs: 0 }
    await store.models.put(model('reused', { providerId: 'p' }))
    const renames = [
      ['p/oldest', 'p/old', 'renamed'],
      ['p/old', 'p/new', 'moved'],
      ['p/other', 'p/new', 'deprecated'],
      ['p/reused', 'p/new', 'renamed'],
    ] as const
    for (const [name, modelId, reason] of renames) {
      await store.models.putAlias({ ...alias, name, modelId, reason })
    }
    const count = async (modelId?: string): Promise<object> => {
      const query = { tenantId, modelId, groupBy: ['model'] } as const
      const figures = await store.performance.sumFigures(query)
      const ratings = await store.performance.sumRatings(query)
      const counted = Object.fromEntries(figures.map((sum) => [sum.modelId, sum.attempts]))
      expect(Object.fromEntries(ratings.map((sum) => [sum.modelId, sum.count]))).toEqual(counted)
      return counted
    }
    expect(await count()).toEqual({ 'p/new': 3, 'p/other': 1, 'p/reused': 1 })
    expect(await count('p/new')).toEqual({ 'p/new': 3 })
    expect(await count('p/oldest')).toEqual({ 'p/new': 3 })
    expect(await count('p/reused')).toEqual({ 'p/reused': 1 })
  })

  it('adds up ratings by month, agent, kind of task and model', async () => {
    const store = await openStore(setup)
    const at = Date.UTC(2026, 4, 31)
    const rated = [
      message({ createdAtMs: at }),
      message({ createdAtMs: at + 2 * DAY_MS }),
      message({ createdAtMs: at, agentId: 'agent-2' }),
      message({ createdAtMs: at, model: 'p/b' }),
      message({ createdAtMs: at, tenantId: 'tenant-2' }),
    ]
    await store.ledger.append({ decisions: [], attempts: [], messages: rated })
    for (const each of rated) await store.feedback.record(feedback(each))
    const sums = async (query: object) => {
      const found = await store.performance.sumRatings({ tenantId, groupBy: [], ...query })
      return found
        .map(({ count, sum, sumOfSquares, ...key }) => {
          expect([sum, sumOfSquares]).toEqual([count * 1_000, count * 1_000_000])
          return `${Object.values(key).join(' ')}: ${count}`
        })
        .toSorted()
    }
    expect(await sums({})).toEqual([': 4'])
    expect(await sums({ groupBy: ['month', 'day'] })).toEqual(['2026-05: 3', '2026-06: 1'])
    expect(await sums({ groupBy: ['agent'], to: '2026-05' })).toEqual(['agent-1: 2', 'agent-2: 1'])
    expect(await sums({ modelId: 'p/b' })).toEqual([': 1'])
    expect(await sums({ from: '2026-07' })).toEqual([])
  })
}
