import type { Store } from '@imrs/core'
import { systemRuntime } from '@imrs/core'
import { expect } from 'vitest'

import type { Router } from '../../../router.ts'
import { counted } from '../counted.ts'
import { requestNumberOf } from '../fault-plan.ts'
import { BUDGETED_TENANT, REFRESH_EVERY_MS, processRouter } from './process-router.ts'
import { ProcessesSoak } from './processes-soak.ts'
import type { ProcessesSoakOptions } from './processes-soak.ts'

export interface ExpectProcessesOptions extends ProcessesSoakOptions {
  /** The slowest that a change may be seen by ninety-nine of a hundred, milliseconds. */
  readonly seenWithinMs: number
  readonly onFigures?: ((figures: string) => void) | undefined
}

/** Longer than any reservation lives. */
const MUCH_LATER_MS = 600_000

/** How long a process must have lived after a change for its being blind to it to count, milliseconds. */
const PATIENCE_MS = 3_000

/** Runs processes on one store, kills some, and expects that together they were one router. */
export async function expectProcesses(options: ExpectProcessesOptions): Promise<void> {
  const soak = await ProcessesSoak.start(options)
  try {
    await soak.run()
    expect(soak.told.crashes).toEqual([])
    expect(soak.told.failures).toEqual([])
    // What dead processes reserved has expired by then.
    const runtime = { ...systemRuntime, now: () => systemRuntime.now() + MUCH_LATER_MS }
    const { router, store } = await processRouter(soak.shared, runtime)
    try {
      options.onFigures?.(figuresOf(soak))
      await expectLedger(soak, store)
      await expectFeedback(soak, { router, store })
      await expectBudget(soak, router, options.budget)
      expectSeen(soak, options.seenWithinMs)
      expectOneReader(soak, options)
    } finally {
      await router.close()
    }
  } finally {
    await soak.close()
  }
}

/** By request: how many calls reached a provider. */
function callsByRequest({ calls }: ProcessesSoak): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const call of calls) {
    const number = requestNumberOf(call) ?? -1
    counts.set(number, (counts.get(number) ?? 0) + 1)
  }
  return counts
}

/** Requests that were over have all their calls in the ledger; those of killed processes all or some. */
async function expectLedger(soak: ProcessesSoak, store: Store): Promise<void> {
  const { begun, ended } = soak.told
  const calls = callsByRequest(soak)
  const problems: string[] = []
  let [rows, unseen, cutOff] = [0, 0, 0]
  for (const [number, { tenantId, messageId }] of begun) {
    const attempts = await store.ledger.listAttempts({ tenantId, messageId })
    const made = calls.get(number) ?? 0
    // A connection that was cut under a call: it may never have reached anybody.
    const perhaps = attempts.filter(({ failureKind }) => failureKind === 'connect').length
    const isOver = ended.has(number)
    const most = made + perhaps
    rows += attempts.length
    unseen += Math.max(0, attempts.length - made)
    cutOff += isOver ? 0 : made
    if (attempts.length > most || (isOver && attempts.length < made)) {
      problems.push(`${number}: ${made} calls, ${attempts.length} rows`)
    }
    const isAnswered = isOver && ended.get(number) === undefined
    const message = await store.ledger.getMessage({ tenantId, messageId })
    if (isAnswered && message === undefined) problems.push(`${number}: no message`)
  }
  expect(problems.slice(0, 10)).toEqual([])
  expect(ended.size).toBeGreaterThan(0)
  // Simulator's count minus calls in flight at a kill ≤ ledger ≤ simulator's count.
  expect(rows - unseen).toBeLessThanOrEqual(soak.calls.length)
  expect(rows - unseen).toBeGreaterThanOrEqual(soak.calls.length - cutOff)
}

/** What was acknowledged is there once, and experience is what the events say. */
async function expectFeedback(
  { told }: ProcessesSoak,
  { router, store }: { readonly router: Router; readonly store: Store },
): Promise<void> {
  const given = new Set(told.feedback.map(({ messageId }) => messageId))
  const problems: string[] = []
  const tenants = new Set<string>()
  for (const { tenantId, messageId } of told.begun.values()) {
    tenants.add(tenantId)
    const events = await store.feedback.listEvents({ tenantId, messageId })
    const least = given.has(messageId) ? 1 : 0
    if (events.length < least) problems.push(`${messageId}: feedback is lost`)
    if (events.length > 1) problems.push(`${messageId}: feedback is there ${events.length} times`)
  }
  expect(problems.slice(0, 10)).toEqual([])
  expect(given.size).toBe(told.feedback.length)
  expect(given.size).toBeGreaterThan(0)
  for (const tenantId of tenants) {
    const { differenceCount, events } = await router.experience.verify({ tenantId })
    expect(differenceCount).toBe(0)
    expect(events).toBeGreaterThan(0)
  }
}

/** Not a call over the limit, and nothing set aside for the dead. */
async function expectBudget(
  soak: ProcessesSoak,
  router: Router,
  limit: number,
): Promise<void> {
  const calls = callsByRequest(soak)
  let made = 0
  for (const [number, { tenantId }] of soak.told.begun) {
    if (tenantId === BUDGETED_TENANT) made += calls.get(number) ?? 0
  }
  expect(made).toBeLessThanOrEqual(limit)
  // Started a moment ago, much later: it settles what nobody will.
  await expect
    .poll(async () => (await router.budgets.usage({ tenantId: BUDGETED_TENANT }))[0]?.reserved)
    .toBe(0)
  const [usage] = await router.budgets.usage({ tenantId: BUDGETED_TENANT })
  expect(usage?.used).toBeLessThanOrEqual(limit)
  expect(usage?.used).toBeGreaterThanOrEqual(made)
  expect([...soak.told.ended.values()]).toContain('budget-exhausted')
}

function expectSeen({ told }: ProcessesSoak, withinMs: number): void {
  const latencies = told.latencies(PATIENCE_MS)
  expect(latencies.length).toBeGreaterThan(0)
  expect(Math.max(...latencies)).toBeLessThan(PATIENCE_MS)
  expect(percentile(latencies, 0.99)).toBeLessThan(withinMs)
}

/** Lists were read once in a period, by whichever process; a killed one may have been in the middle. */
function expectOneReader(soak: ProcessesSoak, { kills }: ProcessesSoakOptions): void {
  const first = 1
  const periods = soak.durationMs / (REFRESH_EVERY_MS * 0.9)
  expect(soak.listReadings).toBeLessThanOrEqual(first + Math.ceil(periods) + kills)
  expect(soak.listReadings).toBeGreaterThanOrEqual(first + Math.floor(periods / 2))
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
}

function figuresOf(soak: ProcessesSoak): string {
  const { told, calls } = soak
  const latencies = told.latencies(PATIENCE_MS)
  const endings = counted([...told.ended.values()].map((code) => code ?? 'end'))
  return [
    `${calls.length} calls for ${told.begun.size} requests, ${told.ended.size} of them over`,
    `endings ${JSON.stringify(endings)}, rejected ${JSON.stringify(counted(told.rejected))}`,
    `${told.feedback.length} signals acknowledged`,
    `${told.changes.length} changes, seen ${latencies.length} times: p50 ` +
      `${percentile(latencies, 0.5)} ms, p99 ${percentile(latencies, 0.99)} ms, ` +
      `slowest ${Math.max(...latencies)} ms`,
    `${soak.listReadings} readings of a list in ${Math.round(soak.durationMs / 1000)} s`,
    `internal failures ${JSON.stringify(counted(told.failures))}`,
  ].join('\n')
}

