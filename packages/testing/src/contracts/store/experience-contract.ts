import { uuidBoundOf } from '@imrs/core'
import type { FeedbackEvent, MessageRecord, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, EXPERIENCE_TOPIC, feedback, message, newId } from './samples.ts'
import { openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

async function append(store: Store, ...messages: MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

/** Takes back all of a type. */
function retract(on: MessageRecord, changes: Partial<FeedbackEvent> = {}): FeedbackEvent {
  return feedback(on, { signal: 'retract', ratingMilli: 0, ...changes })
}

export function experienceContract(setup: StoreContractSetup): void {
  retractions(setup)
  weights(setup)
  rebuilding(setup)
  checkpoints(setup)
}

function retractions(setup: StoreContractSetup): void {
  it('takes a rating back: what is left counts, and in the end nothing', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const copied = feedback(sent, { feedbackType: 'implicit', ratingMilli: 300 })
    await store.feedback.record(copied)
    await store.feedback.record(feedback(sent, { ratingMilli: 900 }))
    const first = await store.feedback.record(retract(sent))
    expect(first).toMatchObject({
      kind: 'recorded',
      ratingChanged: true,
      experienceChanged: true,
      message: { ratingMilli: 300, feedbackType: 'implicit', feedbackAtMs: copied.atMs },
    })
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ count: 1, sum: 300 }])

    const last = await store.feedback.record(retract(sent, { feedbackType: 'implicit' }))
    expect(last).toStrictEqual({
      kind: 'recorded',
      message: sent,
      ratingChanged: true,
      reasons: [],
      experienceChanged: true,
      moved: expect.objectContaining({ version: 4 }),
    })
    expect(await store.ledger.getMessage({ ...AGENT, messageId: sent.id })).toStrictEqual(sent)
    const zeros = { count: 0, sum: 0, sumOfSquares: 0, weightMilli: 0, weightedSum: 0 }
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([zeros])
    expect(await store.feedback.listEvents({ ...AGENT, messageId: sent.id })).toHaveLength(4)

    const again = await store.feedback.record(retract(sent))
    expect(again).toMatchObject({ ratingChanged: false, experienceChanged: false })
    await store.feedback.record(feedback(sent, { ratingMilli: 100 }))
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([
      { count: 1, sum: 100, weightMilli: 1000 },
    ])
  })

  it('keeps hints from the rating and the plain sums, and raises experience for them', async () => {
    const store = await openStore(setup)
    const sent = message()
    await append(store, sent)
    const hint = { feedbackType: 'implicit', signal: 'override', ratingMilli: 200 } as const
    expect(await store.feedback.record(feedback(sent, hint))).toStrictEqual({
      kind: 'recorded',
      message: sent,
      ratingChanged: false,
      reasons: [],
      experienceChanged: true,
      moved: expect.objectContaining({ version: 1 }),
    })
    expect(await store.changes.versions([EXPERIENCE_TOPIC])).toEqual([1])
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([
      { count: 0, sum: 0, sumOfSquares: 0, weightMilli: 1000, weightedSum: 200 },
    ])
  })
}

function weights(setup: StoreContractSetup): void {
  it('lets one user weigh one rating in a cell, the average of all they give at once', async () => {
    const store = await openStore(setup)
    const sent = Array.from({ length: 30 }, () => message())
    await append(store, ...sent)
    await Promise.all(
      sent.map((each, index) =>
        store.feedback.record(feedback(each, { ratingMilli: (index % 2) * 1000 })),
      ),
    )
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([
      {
        count: 30,
        sum: 15_000,
        weightMilli: 1000,
        weightedSum: 500,
        weightedSumOfSquares: 500_000,
      },
    ])
    const events = await Promise.all(
      sent.map(({ id }) => store.feedback.listEvents({ ...AGENT, messageId: id })),
    )
    expect(new Set(events.flat().map(({ weightMilli }) => weightMilli))).toEqual(new Set([1000]))
  })

  it('lets a user weigh a share of a large cell, in each month and for each model anew', async () => {
    const store = await openStore(setup)
    const others = Array.from({ length: 38 }, (_, index) => message({ userId: `other-${index}` }))
    const own = Array.from({ length: 6 }, () => message())
    const elsewhere = [message({ model: 'p/b' }), message({ createdAtMs: Date.UTC(2026, 3, 1) })]
    await append(store, ...others, ...own, ...elsewhere)
    for (const each of [...others, ...own, ...elsewhere]) {
      await store.feedback.record(feedback(each, { userId: each.userId ?? '', ratingMilli: 0 }))
    }
    const cells = await store.feedback.listExperience(AGENT)
    // 38 others and 2 of the user's own: two of forty are a twentieth.
    expect(cells.map(({ count, weightMilli }) => [count, weightMilli])).toEqual([
      [44, 40_000],
      [1, 1000],
      [1, 1000],
    ])
  })

  it('takes the bound it is given, and keeps the weight while the rating stays the same', async () => {
    const store = await openStore(setup)
    const sent = [message(), message(), message()]
    await append(store, ...sent)
    for (const each of sent) {
      await store.feedback.record(feedback(each), { maxUserShareMilli: 1000 })
    }
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ weightMilli: 3000 }])
    const [first = message()] = sent
    await store.feedback.record(feedback(first))
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ weightMilli: 3000 }])
    // When a rating changes the user is weighed anew.
    await store.feedback.record(feedback(first, { ratingMilli: 0 }))
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([
      { count: 3, sum: 2000, weightMilli: 1000, weightedSum: 667 },
    ])
    // What was decided last counts, though it was for the oldest answer.
    const { tenantId } = AGENT
    const report = await store.feedback.rebuildExperience({ tenantId, isDryRun: true })
    expect(report.differences).toEqual([])
  })

  it('gives the cells of the scopes asked for', async () => {
    const store = await openStore(setup)
    const sent = [
      message(),
      message({ agentId: 'agent-2', taskType: 'chat' }),
      message({ tenantId: 'tenant-2' }),
    ]
    await append(store, ...sent)
    for (const each of sent) await store.feedback.record(feedback(each))
    const seen = async (agent: typeof AGENT | { tenantId: string; agentId: string }) => {
      const scopes = ['agent', 'tenant', 'global'] as const
      const cells = await store.feedback.listExperience({ ...agent, scopes })
      return cells.map(({ scope, taskType, count }) => `${scope} ${taskType} ${count}`)
    }
    expect(await seen(AGENT)).toEqual([
      'agent code 1',
      'global chat 1',
      'global code 2',
      'tenant chat 1',
      'tenant code 1',
    ])
    expect(await seen({ tenantId: 'tenant-2', agentId: 'nobody' })).toEqual([
      'global chat 1',
      'global code 2',
      'tenant code 1',
    ])
    const wide = await store.feedback.listExperience({ ...AGENT, scopes: ['tenant'] })
    expect(wide.map(({ scope, agentId }) => [scope, agentId])).toEqual([
      ['tenant', ''],
      ['tenant', ''],
    ])
  })
}

function rebuilding(setup: StoreContractSetup): void {
  it('finds nothing to put right, and leaves other tenants alone', async () => {
    const store = await openStore(setup)
    const sent = [message(), message({ agentId: 'agent-2' }), message({ tenantId: 'tenant-2' })]
    await append(store, ...sent)
    for (const each of sent) await store.feedback.record(feedback(each))
    const scopes = ['agent', 'tenant', 'global'] as const
    const before = await store.feedback.listExperience({ ...AGENT, scopes })
    const found = { events: 2, cells: 3, differences: [], differenceCount: 0 }
    const { tenantId } = AGENT
    expect(await store.feedback.rebuildExperience({ tenantId, isDryRun: true })).toEqual(found)
    expect(await store.feedback.rebuildExperience({ tenantId })).toEqual(found)
    expect(await store.feedback.listExperience({ ...AGENT, scopes })).toEqual(before)
    expect(await store.changes.versions([EXPERIENCE_TOPIC])).toEqual([1])
    const nobody = { events: 0, cells: 0, differences: [], differenceCount: 0 }
    expect(await store.feedback.rebuildExperience({ tenantId: 'nobody' })).toEqual(nobody)
  })
}

function checkpoints(setup: StoreContractSetup): void {
  it('settles what is older, and a rebuild goes on from there', async () => {
    const store = await openStore(setup)
    const old = [message(), message({ agentId: 'agent-2' })]
    await append(store, ...old)
    for (const each of old) await store.feedback.record(feedback(each, { ratingMilli: 400 }))
    const boundMs = AT + 86_400_000
    await store.feedback.checkpointExperience({ tenantId: AGENT.tenantId, beforeMs: boundMs })

    const [first = message()] = old
    expect(await store.feedback.record(retract(first))).toEqual({ kind: 'closed' })
    expect(await store.feedback.listEvents({ ...AGENT, messageId: first.id })).toHaveLength(1)
    const young = message({ id: `${uuidBoundOf(boundMs)}${newId().slice(13)}` })
    const theirs = message({ tenantId: 'tenant-2' })
    await append(store, young, theirs)
    await store.feedback.record(feedback(young, { ratingMilli: 100 }))
    expect((await store.feedback.record(feedback(theirs))).kind).toBe('recorded')

    const report = await store.feedback.rebuildExperience({ tenantId: AGENT.tenantId })
    expect(report).toEqual({ events: 1, cells: 3, differences: [], differenceCount: 0 })
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([{ count: 2, sum: 500 }])
    // Back goes nothing: what was settled stays so.
    await store.feedback.checkpointExperience({ tenantId: AGENT.tenantId, beforeMs: 0 })
    expect(await store.feedback.record(retract(first))).toEqual({ kind: 'closed' })
    await store.feedback.checkpointExperience({ tenantId: AGENT.tenantId, beforeMs: boundMs + 1e9 })
    expect(await store.feedback.rebuildExperience({ tenantId: AGENT.tenantId })).toEqual({
      events: 0,
      cells: 3,
      differences: [],
      differenceCount: 0,
    })
  })
}
