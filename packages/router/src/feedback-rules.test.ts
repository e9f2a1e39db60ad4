import type { MessageRecord, RouterEvent, Store } from '@imrs/core'
import { uuidBoundOf } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from './__fixtures__/make-router.ts'
import type { Router } from './router.ts'
import { adaptive } from './strategies/adaptive/adaptive.ts'

const AGENT = { tenantId: 'default', agentId: 'default' }
const CODE = [{ role: 'user', content: 'Write a Python function that sorts a list' }] as const

async function answered(router: Router): Promise<{ messageId: string; userId: string }> {
  const answer = await router.chat({ ...hello, model: 'auto', messages: CODE })
  await read(answer)
  return { messageId: answer.messageId, userId: 'u1' }
}

async function answerOfModel(router: Router): Promise<string | undefined> {
  return (await router.decide({ ...hello, model: 'auto', messages: CODE })).modelId
}

describe('taking back', () => {
  it('undoes a thumb: the next decision is as before, and both are told', async () => {
    const { router } = await makeRouter()
    const told: RouterEvent[] = []
    router.on('feedback-recorded', (event) => told.push(event))
    const mine = await answered(router)
    await router.feedback({ ...mine, signal: 'thumbs-down' })
    expect(await answerOfModel(router)).toBe('fake/two')
    const result = await router.feedback.retract(mine)
    expect(result).toMatchObject({ messageId: mine.messageId, changed: true })
    expect([result.rating, result.feedbackType]).toEqual([undefined, undefined])
    expect(await answerOfModel(router)).toBe('fake/one')
    expect((await router.feedback({ ...mine, signal: 'retract' })).changed).toBe(false)
    await expect(
      router.feedback.retract({ ...mine, userId: 'somebody else' }),
    ).rejects.toMatchObject({ code: 'not-found' })
    await router.close()
    expect(told.map((event) => 'rating' in event && event.rating)).toEqual([0, false])
  })
})

describe('who says it', () => {
  it('the agent judges itself, and nobody else does', async () => {
    const { router } = await makeRouter()
    const mine = await answered(router)
    const own = await router.feedback({ ...mine, by: 'agent', rating: 0.3 })
    expect(own).toMatchObject({ feedbackType: 'self_eval', rating: 0.3 })
    for (const [input, field] of [
      [{ rating: 1, type: 'self_eval' }, 'type'],
      [{ rating: 1, type: 'explicit', by: 'agent' }, 'by'],
      [{ signal: 'thumbs-up', by: 'agent' }, 'by'],
      [{ signal: 'retract', type: 'self_eval' }, 'type'],
    ] as const) {
      const refused = router.feedback({ ...mine, ...input })
      await expect(refused).rejects.toMatchObject({ code: 'forbidden', field })
    }
    await router.feedback.retract({ ...mine, by: 'agent' })
    expect((await router.feedback({ ...mine, signal: 'copy' })).feedbackType).toBe('implicit')
  })
})

describe('what signals are worth', () => {
  it('is set by the host', async () => {
    const feedback = { signals: { copy: 0.9, abandon: 0.1 } }
    const { router } = await makeRouter({ feedback })
    const mine = await answered(router)
    expect(await router.feedback({ ...mine, signal: 'copy' })).toMatchObject({ rating: 0.9 })
    expect(await router.feedback({ ...mine, signal: 'regenerate' })).toMatchObject({ rating: 0 })
  })

  it.each([
    [{ signals: { copy: 1.1 } }, 'feedback.signals.copy'],
    [{ signals: { 'thumbs-up': 0.5 } as object }, 'feedback.signals'],
    [{ maxUserShare: 0 }, 'feedback.maxUserShare'],
    [{ maxUserShare: Number.NaN }, 'feedback.maxUserShare'],
  ])('%j is refused by its name', async (feedback, name) => {
    await expect(makeRouter({ feedback })).rejects.toThrow(`\`${name}\``)
  })
})

describe('hints', () => {
  it('are for strategies that learn: the plain average has none of them', async () => {
    const { router, store } = await makeRouter()
    const mine = await answered(router)
    expect(await router.feedback({ ...mine, signal: 'override' })).toMatchObject({
      changed: false,
    })
    const decision = await router.decide({ ...hello, model: 'auto', messages: CODE })
    expect(decision.candidates.map(({ ratings }) => ratings)).toEqual([0, 0])
    expect(await store.feedback.listExperience(AGENT)).toMatchObject([
      { count: 0, weightMilli: 1000, weightedSum: 0 },
    ])
  })

  it('turn `adaptive` away from a model', async () => {
    const options = { strategy: adaptive({ exploration: 0.1 }), feedback: { maxUserShare: 1 } }
    const { router, store } = await makeRouter(options)
    await rateMany({ router, store }, { model: 'fake/one', signal: 'override', times: 30 })
    await rateMany({ router, store }, { model: 'fake/two', signal: 'copy', times: 30 })
    expect(await shareOf(router, 'fake/two')).toBeGreaterThan(0.9)
  })
})

describe('experience of others', () => {
  it('bears on `adaptive`: of the tenant always, of other tenants where it is shared', async () => {
    for (const [shareExperience, tenantId, isKnown] of [
      [false, 'default', true],
      [false, 'elsewhere', false],
      [true, 'elsewhere', true],
    ] as const) {
      const made = await makeRouter({ strategy: adaptive(), shareExperience })
      const others = { ...made, tenantId, agentId: 'another' }
      await rateMany(others, { model: 'fake/one', signal: 'thumbs-down', times: 60 })
      await rateMany(others, { model: 'fake/two', signal: 'thumbs-up', times: 60 })
      const share = await shareOf(made.router, 'fake/two')
      if (isKnown) expect(share).toBeGreaterThan(0.9)
      else expect(share).toBeLessThan(0.7)
    }
  })

  it('is read again after a while, also without ratings of its own', async () => {
    const made = await makeRouter({ strategy: adaptive() })
    expect(await shareOf(made.router, 'fake/two')).toBeLessThan(0.7)
    const others = { ...made, agentId: 'another' }
    await rateMany(others, { model: 'fake/one', signal: 'thumbs-down', times: 60 })
    await rateMany(others, { model: 'fake/two', signal: 'thumbs-up', times: 60 })
    expect(await shareOf(made.router, 'fake/two')).toBeLessThan(0.7)
    await made.runtime.advance(61_000)
    await answerOfModel(made.router)
    expect(await shareOf(made.router, 'fake/two')).toBeGreaterThan(0.9)
  })
})

describe('a model that becomes worse', () => {
  it('raises an alarm, which opens an epoch and is told; traffic leaves the model', async () => {
    const made = await makeRouter({ strategy: adaptive() })
    const told: RouterEvent[] = []
    made.router.on('drift-detected', (event) => told.push(event))
    await rateMany(made, { model: 'fake/one', signal: 'thumbs-up', times: 100 })
    const liked = { model: 'fake/two', rating: 0.5, times: 40 }
    await rateMany(made, liked)
    expect(await shareOf(made.router, 'fake/one')).toBeGreaterThan(0.9)
    await rateMany(made, { model: 'fake/one', signal: 'thumbs-down', times: 40 })

    const shifts = await made.store.feedback.listShifts(AGENT)
    expect(shifts).toMatchObject([{ modelId: 'fake/one', epoch: 1 }])
    expect(shifts[0]?.shiftMilli).toBeLessThan(-500)
    expect(await made.router.performance.drift()).toMatchObject([
      { ...shifts[0], agentId: AGENT.agentId, messageId: expect.any(String) },
    ])
    expect(await made.router.performance.drift({ tenantId: 'other' })).toEqual([])
    await expect(made.router.performance.drift({ fromMs: 1, toMs: 1 })).rejects.toMatchObject({
      code: 'invalid-request',
      field: 'toMs',
    })
    expect(await shareOf(made.router, 'fake/one')).toBeLessThan(0.1)
    const cells = await made.store.feedback.listExperience(AGENT)
    const epochs = cells.filter(({ modelId }) => modelId === 'fake/one').map(({ epoch }) => epoch)
    expect(epochs).toEqual([0, 1])
    const report = await made.router.experience.verify()
    expect(report).toMatchObject({ events: 180, differences: [] })
    await made.router.close()
    expect(told).toMatchObject([
      { type: 'drift-detected', ...AGENT, modelId: 'fake/one', taskType: 'code', epoch: 1 },
    ])
  })
})

describe('experience', () => {
  it('is verified, rebuilt and settled', async () => {
    const { router, runtime } = await makeRouter()
    const mine = await answered(router)
    await router.feedback({ ...mine, signal: 'thumbs-down' })
    const found = { events: 1, cells: 2, differences: [], differenceCount: 0 }
    expect(await router.experience.verify()).toEqual(found)
    expect(await router.experience.rebuild()).toEqual(found)
    expect(await router.experience.verify({ tenantId: 'nobody' })).toMatchObject({ events: 0 })
    await expect(router.experience.checkpoint({ beforeMs: Number.NaN })).rejects.toMatchObject({
      code: 'invalid-request',
      field: 'beforeMs',
    })
    await router.experience.checkpoint({ beforeMs: runtime.now() + 60_000 })
    await expect(router.feedback.retract(mine)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('too old') as string,
    })
    expect(await answerOfModel(router)).toBe('fake/two')
    expect(await router.experience.verify()).toEqual({ ...found, events: 0 })
  })
})

interface Ratings {
  readonly model: string
  readonly signal?: 'thumbs-up' | 'thumbs-down' | 'copy' | 'override'
  readonly rating?: number
  readonly times: number
}

interface Stage {
  readonly router: Router
  readonly store: Store
  readonly tenantId?: string
  readonly agentId?: string
}

let made = 0

/** Ratings of a user each, on answers that a model is said to have given. */
async function rateMany(
  { router, store, tenantId = 'default', agentId = 'default' }: Stage,
  { model, times, ...given }: Ratings,
): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    made += 1
    const createdAtMs = Date.UTC(2026, 0, 5)
    const suffix = made.toString(16).padStart(12, '0')
    const message: MessageRecord = {
      id: `${uuidBoundOf(createdAtMs)}-7000-8000-${suffix}`,
      tenantId,
      agentId,
      userId: `user-${made}`,
      role: 'assistant',
      model,
      metadata: {},
      createdAtMs,
      taskType: 'code',
      creditedTaskType: 'code',
      toolsUsed: [],
    }
    await store.ledger.append({ decisions: [], attempts: [], messages: [message] })
    const who = { tenantId, messageId: message.id, userId: `user-${made}` }
    await router.feedback({ ...who, ...given })
    // Alarms go by what was known before a rating: as a host that answers in between does.
    await router.decide({ ...hello, tenantId, agentId, model: 'auto', messages: CODE })
  }
}

async function shareOf(router: Router, modelId: string): Promise<number> {
  let chosen = 0
  for (let turn = 0; turn < 300; turn += 1) {
    if ((await answerOfModel(router)) === modelId) chosen += 1
  }
  return chosen / 300
}
