import type { DriftWatch, MessageRecord, Store } from '@imrs/core'
import { expect, it } from 'vitest'

import { AGENT, AT, feedback, message } from './samples.ts'
import { errorOf, openStore } from './setup.ts'
import type { StoreContractSetup } from './setup.ts'

async function append(store: Store, ...messages: MessageRecord[]): Promise<void> {
  await store.ledger.append({ decisions: [], attempts: [], messages })
}

/** An alarm at every second rating, as easily as can be. */
const everySecond: DriftWatch =
  ({ ratingMilli }) =>
  (state) =>
    state.ratings === 1
      ? { state: { sum: 0, residual: 0, ratings: 0 }, shift: state.residual }
      : { state: { sum: 1.25, residual: ratingMilli / 1000 - 1, ratings: state.ratings + 1 } }

/** Alarms about models whose ratings changed. */
export function alarmContract(setup: StoreContractSetup): void {
  it('moves the alarm on with each rating; one opens the next epoch', async () => {
    const store = await openStore(setup)
    const sent = Array.from({ length: 5 }, (_, index) => message({ userId: `user-${index}` }))
    await append(store, ...sent)
    const shifts = []
    for (const [index, each] of sent.entries()) {
      const event = feedback(each, { userId: each.userId ?? '', ratingMilli: 100 * index })
      const outcome = await store.feedback.record(event, { watch: everySecond })
      shifts.push(outcome.kind === 'recorded' ? outcome.shift : outcome)
    }
    const expected = [
      { modelId: 'openrouter/a', epoch: 1, shiftMilli: -1000 },
      { modelId: 'openrouter/a', epoch: 2, shiftMilli: -800 },
    ]
    expect(shifts).toEqual([undefined, expected[0], undefined, expected[1], undefined])
    expect(await store.feedback.listShifts(AGENT)).toEqual(expected)
    expect(await store.feedback.listShifts({ ...AGENT, agentId: 'agent-2' })).toEqual([])
    const cells = await store.feedback.listExperience(AGENT)
    expect(cells.map(({ epoch, count, sum }) => [epoch, count, sum])).toEqual([
      [0, 2, 100],
      [1, 2, 500],
      [2, 1, 400],
    ])
    // An answer stays in the epoch it was first rated in.
    const [first = message()] = sent
    await store.feedback.record(feedback(first, { userId: 'user-0', ratingMilli: 50 }))
    expect((await store.feedback.listExperience(AGENT))[0]).toMatchObject({ epoch: 0, sum: 150 })
  })

  it('lists alarms with their answers, the last raised first', async () => {
    const store = await openStore(setup)
    const raise = async (
      model: string,
      atMs: number,
      changes: { readonly tenantId?: string; readonly agentId?: string } = {},
    ) => {
      const [before, last] = [0, 1].map((index) =>
        message({ ...changes, model, userId: `user-${index}` }),
      )
      if (before === undefined || last === undefined) throw new TypeError('There are two')
      await append(store, before, last)
      for (const each of [before, last]) {
        const event = feedback(each, { userId: each.userId ?? '', ratingMilli: 700, atMs })
        await store.feedback.record(event, { watch: everySecond })
      }
      const alarm = { modelId: model, epoch: 1, shiftMilli: -300, messageId: last.id, atMs }
      return { ...alarm, agentId: last.agentId }
    }
    const first = await raise('openrouter/b', AT)
    const second = await raise('openrouter/a', AT + 1)
    const third = await raise('openrouter/a', AT + 1, { agentId: 'agent-2' })
    await raise('openrouter/a', AT + 2, { tenantId: 'tenant-2' })
    const { tenantId, agentId } = AGENT
    const list = (query: object) => store.feedback.listAlarms({ tenantId, ...query })
    expect(await list({})).toEqual([second, third, first])
    expect(await list({ limit: 2 })).toEqual([second, third])
    expect(await list({ agentIds: [agentId] })).toEqual([second, first])
    expect(await list({ agentIds: [agentId, 'agent-2'] })).toHaveLength(3)
    expect(await list({ agentIds: [] })).toEqual([])
    expect(await list({ modelId: 'openrouter/b' })).toEqual([first])
    expect(await list({ fromMs: AT + 1 })).toEqual([second, third])
    expect(await list({ toMs: AT + 1 })).toEqual([first])
    expect(await errorOf(list({ limit: 1001 }))).toMatchObject({ code: 'invalid-request' })
  })

  it('watches a few ratings of one user, no changes and no hints', async () => {
    const store = await openStore(setup)
    const sent = Array.from({ length: 20 }, () => message())
    await append(store, ...sent)
    const watched: number[] = []
    const watch: DriftWatch = ({ ratingMilli }) => {
      watched.push(ratingMilli)
      return (state) => ({ state })
    }
    for (const each of sent) {
      for (const ratingMilli of [7, 9]) {
        await store.feedback.record(feedback(each, { ratingMilli }), { watch })
      }
    }
    const other = message({ userId: 'user-2' })
    await append(store, other)
    const hint = { feedbackType: 'implicit', signal: 'abandon', userId: 'user-2' } as const
    await store.feedback.record(feedback(other, hint), { watch })
    // From the sixth on they weigh less than a fifth each.
    expect(watched).toEqual([7, 7, 7, 7, 7])
    expect(await store.feedback.listShifts(AGENT)).toEqual([])
  })

  it('judges ratings that come at once one after another', async () => {
    const store = await openStore(setup)
    const sent = Array.from({ length: 20 }, (_, index) => message({ userId: `user-${index}` }))
    await append(store, ...sent)
    await Promise.all(
      sent.map((each) =>
        store.feedback.record(feedback(each, { userId: each.userId ?? '' }), {
          watch: everySecond,
        }),
      ),
    )
    const epochs = (await store.feedback.listShifts(AGENT)).map(({ epoch }) => epoch)
    expect(epochs).toEqual(Array.from({ length: 10 }, (_, index) => index + 1))
    const cells = await store.feedback.listExperience(AGENT)
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(20)
    const report = await store.feedback.rebuildExperience({ tenantId: AGENT.tenantId })
    expect(report.differences).toEqual([])
  })
}
