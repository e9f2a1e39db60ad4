import { isUuid, timeOfUuid, uuidBoundOf } from '@imrs/core'
import type { MaintenanceRepository, MessageRecord, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import {
  AGENT,
  AT,
  attempt,
  decision,
  feedback,
  message,
  model,
  newId,
  provider,
} from './samples.ts'
import { errorOf, openFor, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

const JANUARY = Date.UTC(2026, 0, 10)
const FEBRUARY = Date.UTC(2026, 1, 10)
/** So that January goes and February stays. */
const IN_FEBRUARY = Date.UTC(2026, 1, 20)
const SCOPES = ['agent', 'tenant', 'global'] as const

/** An answer of a time: its id says so, as ids do. */
function answerAt(atMs: number, changes: Partial<MessageRecord> = {}): MessageRecord {
  const id = `${uuidBoundOf(atMs)}${newId().slice(13)}`
  expect(isUuid(id) && timeOfUuid(id) === atMs).toBe(true)
  return message({ id, createdAtMs: atMs, ...changes })
}

function maintenanceOf(store: Store): MaintenanceRepository {
  if (store.maintenance === undefined) throw new Error('`maintenance` is missing and not left out')
  return store.maintenance
}

/** Answers with all that belongs to them, rated. */
async function record(store: Store, answers: readonly MessageRecord[]): Promise<void> {
  await store.ledger.append({
    decisions: answers.map((each) => decision(each.id, keysOf(each))),
    attempts: answers.flatMap((each) => [
      attempt(each.id, { ...keysOf(each), startedAtMs: each.createdAtMs }),
      attempt(each.id, { ...keysOf(each), startedAtMs: each.createdAtMs, position: 2 }),
    ]),
    messages: answers,
  })
  for (const [index, each] of answers.entries()) {
    const ratingMilli = (index * 137) % 1001
    await store.feedback.record(feedback(each, { ratingMilli: 1000 - ratingMilli }))
    await store.feedback.record(feedback(each, { ratingMilli }))
  }
}

function keysOf({ tenantId, agentId }: MessageRecord): Pick<MessageRecord, 'tenantId' | 'agentId'> {
  return { tenantId, agentId }
}

/** Old and new answers of two tenants. */
async function filled(
  store: Store,
): Promise<{ readonly old: readonly MessageRecord[]; readonly young: readonly MessageRecord[] }> {
  const old = Array.from({ length: 12 }, (_, index) =>
    answerAt(JANUARY + index, {
      tenantId: index % 3 === 0 ? 'tenant-2' : AGENT.tenantId,
      agentId: `agent-${1 + (index % 2)}`,
    }),
  )
  const young = Array.from({ length: 6 }, (_, index) => answerAt(FEBRUARY + index))
  await record(store, [...old, ...young])
  return { old, young }
}

export function maintenanceContract(setup: StoreContractSetup): void {
  const isLeftOut = setup.without?.maintenance !== undefined
  it.skipIf(isLeftOut)('makes room for what comes, once', async () => {
    const store = await openStore(setup)
    await maintenanceOf(store).prepare({ atMs: AT })
    const again = await maintenanceOf(store).prepare({ atMs: AT })
    expect(again).toEqual({
      madePartitions: [],
      movedRows: 0,
      leftPartitions: [],
      isElsewhere: false,
    })
  })

  it.skipIf(isLeftOut)(
    'drops whole months of answers with all that belongs to them, and experience stays what it was',
    async () => {
      const { store, allExperience } = await openFor(setup)
      const { old, young } = await filled(store)
      const scopes = { scopes: SCOPES }
      const before = await store.feedback.listExperience({ ...AGENT, ...scopes })
      const all = (await allExperience?.())?.length
      const figures = await store.performance.listFigures({ ...AGENT, period: 'day' })
      const report = await maintenanceOf(store).drop({ answersBeforeMs: IN_FEBRUARY })
      expect(report).toMatchObject({
        answersBeforeMs: Date.UTC(2026, 1),
        tenants: 2,
        isElsewhere: false,
      })
      await expectGone(store, old)
      await expectThere(store, young)
      expect(await store.feedback.listExperience({ ...AGENT, ...scopes })).toEqual(before)
      expect((await allExperience?.())?.length).toBe(all)
      for (const tenantId of ['tenant-1', 'tenant-2']) {
        const rebuilt = await store.feedback.rebuildExperience({ tenantId })
        expect(rebuilt.differences).toEqual([])
        expect(rebuilt.events).toBe(tenantId === 'tenant-1' ? 2 * young.length : 0)
      }
      expect(await store.feedback.listExperience({ ...AGENT, ...scopes })).toEqual(before)
      expect(await store.performance.listFigures({ ...AGENT, period: 'day' })).toEqual(figures)
      const nothing = await maintenanceOf(store).drop({ answersBeforeMs: IN_FEBRUARY })
      expect(nothing).toMatchObject({ tenants: 0, messages: 0, attempts: 0, partitions: [] })
    },
  )

  it.skipIf(isLeftOut)('takes feedback on what is left, and counts it', async () => {
    const store = await openStore(setup)
    const { old, young } = await filled(store)
    await maintenanceOf(store).drop({ answersBeforeMs: IN_FEBRUARY })
    const [late, next] = [old[1], young[0]]
    if (late === undefined || next === undefined) throw new Error('There are no answers')
    expect(await store.feedback.record(feedback(late))).toEqual({ kind: 'not-found' })
    expect(await store.feedback.record(feedback(next))).toMatchObject({ kind: 'recorded' })
    const { tenantId } = AGENT
    const { differences } = await store.feedback.rebuildExperience({ tenantId, isDryRun: true })
    expect(differences).toEqual([])
    // One that arrives late goes the next time; what it was rated before is nobody's.
    await store.ledger.append({ decisions: [], attempts: [], messages: [late] })
    expect(await store.feedback.record(feedback(late))).toEqual({ kind: 'closed' })
    await maintenanceOf(store).drop({ answersBeforeMs: IN_FEBRUARY })
    await expectGone(store, [late])
  })

  it.skipIf(isLeftOut)('says what it would drop, and drops nothing', async () => {
    const store = await openStore(setup)
    const { old, young } = await filled(store)
    const request = { answersBeforeMs: IN_FEBRUARY }
    const planned = await maintenanceOf(store).drop({ ...request, isDryRun: true })
    const rows = sumOf(planned)
    expect(rows).toBe(planned.partitions.length > 0 ? rows : old.length * (1 + 1 + 2 + 2))
    await expectThere(store, [...old, ...young])
    const done = await maintenanceOf(store).drop(request)
    expect(done.partitions.map(({ name }) => name)).toEqual(
      planned.partitions.map(({ name }) => name),
    )
    expect(sumOf(done)).toBe(rows)
  })

  events(setup, isLeftOut)
}

function sumOf(report: {
  readonly messages: number
  readonly decisions: number
  readonly attempts: number
  readonly feedbackEvents: number
}): number {
  return report.messages + report.decisions + report.attempts + report.feedbackEvents
}

function events(setup: StoreContractSetup, isLeftOut: boolean): void {
  it.skipIf(isLeftOut)(
    'drops old catalogue events and rows of the audit, and no others',
    async () => {
      const store = await openStore(setup)
      for (const atMs of [JANUARY, FEBRUARY]) {
        await store.providers.put(provider({ displayName: `at ${atMs}` }), { audit: { atMs } })
        await store.models.sync({
          providerId: 'openrouter',
          syncedAtMs: atMs,
          models: [model('a', { pricing: { input: String(atMs) } }), model(`of-${atMs}`)],
        })
      }
      const all = await store.models.listEvents({ limit: 100 })
      const request = { catalogEventsBeforeMs: IN_FEBRUARY, auditBeforeMs: FEBRUARY }
      const planned = await maintenanceOf(store).drop({ ...request, isDryRun: true })
      expect(await store.models.listEvents({ limit: 100 })).toEqual(all)
      expect(planned).toMatchObject({ catalogEvents: all.length, auditEntries: 1 })
      expect(await maintenanceOf(store).drop(request)).toEqual(planned)
      expect(await store.models.listEvents({})).toEqual([])
      expect((await store.audit.list()).map(({ atMs }) => atMs)).toEqual([FEBRUARY])
    },
  )

  it.skipIf(isLeftOut)('drops old changes of the health of providers, and no others', async () => {
    const store = await openStore(setup)
    for (const [atMs, status] of [
      [JANUARY, 'down'],
      [JANUARY + 1, 'healthy'],
      [FEBRUARY, 'degraded'],
    ] as const) {
      await store.providers.putHealth({ providerId: 'p', status, checkedAtMs: atMs })
    }
    const kept = async (): Promise<readonly number[]> =>
      (await store.providers.listHealthChanges()).map(({ atMs }) => atMs)
    const request = { healthChangesBeforeMs: FEBRUARY }
    const planned = await maintenanceOf(store).drop({ ...request, isDryRun: true })
    expect(planned).toMatchObject({ healthChanges: 2, catalogEvents: 0, auditEntries: 0 })
    expect(await kept()).toEqual([FEBRUARY, JANUARY + 1, JANUARY])
    expect(await maintenanceOf(store).drop(request)).toEqual(planned)
    expect(await kept()).toEqual([FEBRUARY])
    const [health] = await store.providers.listHealth()
    expect(health).toEqual({ providerId: 'p', status: 'degraded', checkedAtMs: FEBRUARY })
  })

  it.skipIf(isLeftOut)(
    'does nothing for an aborted signal but reject with its reason',
    async () => {
      const store = await openStore(setup)
      const { old } = await filled(store)
      const reason = new Error('enough')
      const options = { signal: AbortSignal.abort(reason) }
      const maintenance = maintenanceOf(store)
      expect(await errorOf(maintenance.drop({ answersBeforeMs: IN_FEBRUARY }, options))).toBe(
        reason,
      )
      expect(await errorOf(maintenance.prepare({ atMs: AT }, options))).toBe(reason)
      await expectThere(store, old)
    },
  )
}

async function expectGone(store: Store, answers: readonly MessageRecord[]): Promise<void> {
  for (const { tenantId, id: messageId } of answers) {
    const key = { tenantId, messageId }
    expect(await store.ledger.getMessage(key)).toBeUndefined()
    expect(await store.ledger.listAttempts(key)).toEqual([])
    expect(await store.feedback.listEvents(key)).toEqual([])
    expect(await decisionsOf(store, tenantId)).not.toContain(messageId)
  }
}

async function expectThere(store: Store, answers: readonly MessageRecord[]): Promise<void> {
  for (const { tenantId, id: messageId } of answers) {
    const key = { tenantId, messageId }
    expect(await store.ledger.getMessage(key)).toBeDefined()
    expect(await store.ledger.listAttempts(key)).toHaveLength(2)
    expect(await store.feedback.listEvents(key)).toHaveLength(2)
    expect(await decisionsOf(store, tenantId)).toContain(messageId)
  }
}

async function decisionsOf(store: Store, tenantId: string): Promise<readonly string[]> {
  const rated = await store.ledger.listRated({ tenantId })
  return rated.map(({ decision: { messageId } }) => messageId)
}
