import type { MaintenanceRepository, RouterEvent } from '@imrs/core'
import { sqliteStore } from '@imrs/store-sqlite'
import { createTestRuntime, memoryStore } from '@imrs/testing/host'
import { expect, it, vi } from 'vitest'

import { makeRouter, hello, read } from '../__fixtures__/make-router.ts'
import type { MakeRouterOptions, TestRouter } from '../__fixtures__/make-router.ts'

const START = Date.UTC(2026, 0, 20)
const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

async function withStore(options: MakeRouterOptions = {}): Promise<TestRouter> {
  const runtime = options.runtime ?? createTestRuntime({ start: START })
  return makeRouter({ store: sqliteStore({ path: ':memory:' }), ...options, runtime })
}

async function answered({ router }: TestRouter): Promise<string> {
  const answer = await router.chat(hello)
  await read(answer)
  await router.feedback({ messageId: answer.messageId, userId: 'u1', signal: 'thumbs-up' })
  return answer.messageId
}

/** What happened of one kind, told as it happens. */
function heard<Type extends RouterEvent['type']>({ router }: TestRouter, type: Type): unknown[] {
  const events: unknown[] = []
  router.on(type, (event) => void events.push(event))
  return events
}

it('drops the answers of months that are over for long, by itself, and keeps what they taught', async () => {
  const made = await withStore({ retention: { answersMonths: 1 } })
  const { router, runtime, store } = made
  const events = heard(made, 'records-dropped')
  const old = await answered(made)
  await runtime.advance(35 * DAY_MS)
  const young = await answered(made)
  expect(await store.ledger.getMessage({ tenantId: 'default', messageId: old })).toMatchObject({
    id: old,
  })
  // January is one month before the running one until the end of February.
  await runtime.advance(2 * DAY_MS)
  expect(events).toEqual([])
  const experience = await store.feedback.listExperience({
    tenantId: 'default',
    agentId: 'default',
  })
  await runtime.advance(31 * DAY_MS)
  await vi.waitFor(() => expect(events).toHaveLength(1))
  expect(events).toMatchObject([
    { report: { answersBeforeMs: Date.UTC(2026, 1), messages: 1, attempts: 1, feedbackEvents: 1 } },
  ])
  expect(await store.ledger.getMessage({ tenantId: 'default', messageId: old })).toBeUndefined()
  expect(await store.ledger.getMessage({ tenantId: 'default', messageId: young })).toMatchObject({
    id: young,
  })
  expect((await router.experience.verify()).differences).toEqual([])
  expect(await store.feedback.listExperience({ tenantId: 'default', agentId: 'default' })).toEqual(
    experience,
  )
})

it('runs when it is asked to, and looks first', async () => {
  const made = await withStore({ retention: { answersMonths: 2 }, maintenanceEveryMs: false })
  const { router, runtime, store } = made
  const events = heard(made, 'records-dropped')
  const old = await answered(made)
  await runtime.advance(100 * DAY_MS)
  expect(await store.ledger.getMessage({ tenantId: 'default', messageId: old })).toMatchObject({
    id: old,
  })
  const looked = await router.maintenance.run({ isDryRun: true })
  expect(looked).toMatchObject({ dropped: { messages: 1, decisions: 1 } })
  expect(looked.prepared).toBeUndefined()
  const done = await router.maintenance.run()
  expect(done.dropped).toEqual(looked.dropped)
  expect(await store.ledger.getMessage({ tenantId: 'default', messageId: old })).toBeUndefined()
  const again = await router.maintenance.run()
  expect(again.dropped).toMatchObject({ messages: 0 })
  await vi.waitFor(() => expect(events).toHaveLength(1))
})

it('drops nothing of what no month was said for', async () => {
  const made = await withStore({ maintenanceEveryMs: false })
  const old = await answered(made)
  await made.runtime.advance(4000 * DAY_MS)
  const report = await made.router.maintenance.run()
  expect(report.dropped).toMatchObject({ messages: 0, catalogEvents: 0, auditEntries: 0 })
  expect(report.prepared?.isElsewhere).toBe(false)
  const key = { tenantId: 'default', messageId: old }
  expect(await made.store.ledger.getMessage(key)).toMatchObject({ id: old })
})

it.each([
  [undefined, 90],
  [3, 3],
])('keeps how providers were: with %j for %d days', async (healthDays, days) => {
  const made = await withStore({ maintenanceEveryMs: false, retention: { healthDays } })
  const { router, runtime, store } = made
  const events = heard(made, 'records-dropped')
  const health = { providerId: 'p', status: 'down', checkedAtMs: runtime.now() } as const
  await store.providers.putHealth(health)
  await runtime.advance(days * DAY_MS)
  expect((await router.maintenance.run()).dropped).toMatchObject({ healthChanges: 0 })
  expect(await router.health.history({ providerId: 'p' })).toHaveLength(1)
  await runtime.advance(1)
  expect((await router.maintenance.run()).dropped).toMatchObject({ healthChanges: 1 })
  expect(await router.health.history({ providerId: 'p' })).toEqual([])
  await vi.waitFor(() => expect(events).toMatchObject([{ report: { healthChanges: 1 } }]))
})

it('drops nothing at all where no health is dropped either', async () => {
  const retention = { healthDays: false } as const
  const { router } = await withStore({ maintenanceEveryMs: false, retention })
  expect((await router.maintenance.run()).dropped).toBeUndefined()
})

it('tells of upkeep that fails, and goes on with it', async () => {
  const store = sqliteStore({ path: ':memory:' })
  const calls: number[] = []
  const maintenance: MaintenanceRepository = {
    drop: () => Promise.reject(new Error('not asked for')),
    prepare: async ({ atMs }) => {
      calls.push(atMs)
      throw new Error('The disk is full')
    },
  }
  const made = await withStore({ store: { ...store, maintenance } })
  const events = heard(made, 'internal-failed')
  await made.runtime.advance(4 * HOUR_MS)
  await vi.waitFor(() => expect(events.length).toBe(calls.length))
  expect(calls.length).toBeGreaterThanOrEqual(4)
  expect(events[0]).toMatchObject({ part: 'maintenance', error: { message: 'The disk is full' } })
})

it('ends a round that runs when the router is closed', async () => {
  const store = sqliteStore({ path: ':memory:' })
  const begun = Promise.withResolvers<void>()
  const maintenance: MaintenanceRepository = {
    drop: () => Promise.reject(new Error('not asked for')),
    prepare: (_, options) =>
      new Promise((_resolve, reject) => {
        options?.signal?.addEventListener('abort', () => reject(options.signal?.reason as Error))
        begun.resolve()
      }),
  }
  const { router } = await withStore({ store: { ...store, maintenance } })
  const running = router.maintenance.run().catch((error: unknown) => error)
  await begun.promise
  await router.close()
  expect(await running).toMatchObject({ code: 'closed' })
  await expect(router.maintenance.run()).rejects.toMatchObject({ code: 'closed' })
})

it.each([
  [{ retention: { answersMonths: 0 } }, '`retention.answersMonths`'],
  [{ retention: { auditMonths: 1.5 } }, '`retention.auditMonths`'],
  [{ retention: { healthDays: 0 } }, '`retention.healthDays`'],
  [{ store: memoryStore(), retention: { healthDays: 9 } }, 'memory has none'],
  [{ maintenanceEveryMs: 0 }, '`maintenanceEveryMs`'],
  [{ store: memoryStore(), retention: { answersMonths: 1 } }, 'memory has none'],
])('refuses the options %#', async (options, message) => {
  await expect(withStore(options)).rejects.toThrow(message)
})
