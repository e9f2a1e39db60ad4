import type { AgentKey, FeedbackSignal, MessageRecord, Store } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter } from './__fixtures__/make-router.ts'
import type { Router } from './router.ts'
import { adaptive } from './strategies/adaptive/adaptive.ts'

const AGENT: AgentKey = { tenantId: 'default', agentId: 'default' }
const TASK = 'code'
const QUESTION = 'Write a Python function that sorts a list'
const DECISIONS = 4000
const MODELS = ['good', 'fair', 'poor']

let made = 0

async function rate(
  { router, store }: { readonly router: Router; readonly store: Store },
  rated: { readonly userId: string; readonly model: string; readonly signal: FeedbackSignal },
): Promise<void> {
  made += 1
  const id = `01990000-0000-7000-8000-${made.toString(16).padStart(12, '0')}`
  const message: MessageRecord = {
    id,
    ...AGENT,
    userId: rated.userId,
    role: 'assistant',
    model: `fake/${rated.model}`,
    metadata: {},
    createdAtMs: Date.UTC(2026, 0, 5),
    taskType: TASK,
    creditedTaskType: TASK,
    toolsUsed: [],
  }
  await store.ledger.append({ decisions: [], attempts: [], messages: [message] })
  await router.feedback({ messageId: id, userId: rated.userId, signal: rated.signal })
}

async function shares(router: Router): Promise<readonly number[]> {
  const counts = new Map<string, number>()
  for (let decision = 0; decision < DECISIONS; decision += 1) {
    const messages = [{ role: 'user', content: QUESTION }] as const
    const { modelId, task } = await router.decide({ ...hello, model: 'auto', messages })
    expect(task.type).toBe(TASK)
    counts.set(modelId, (counts.get(modelId) ?? 0) + 1)
  }
  return MODELS.map((model) => (counts.get(`fake/${model}`) ?? 0) / DECISIONS)
}

/** Ten users, four ratings each of every model; of forty, so many like it. */
async function setUp(likes: Readonly<Record<string, number>>) {
  const stage = await makeRouter({ strategy: adaptive(), providers: [{ models: MODELS }] })
  for (const model of MODELS) {
    for (let turn = 0; turn < 40; turn += 1) {
      const signal = turn < (likes[model] ?? 0) ? 'thumbs-up' : 'thumbs-down'
      await rate(stage, { userId: `u${turn % 10}`, model, signal })
    }
  }
  return stage
}

type Attack = (turn: number) => { readonly model: string; readonly signal: FeedbackSignal }

const attacks: Readonly<Record<string, Attack>> = {
  'against the best model': () => ({ model: 'good', signal: 'thumbs-down' }),
  'for the worst model': () => ({ model: 'poor', signal: 'thumbs-up' }),
  'against the best and for the others': (turn) =>
    turn % 3 === 0
      ? { model: 'good', signal: 'thumbs-down' }
      : { model: turn % 3 === 1 ? 'poor' : 'fair', signal: 'thumbs-up' },
}

describe('1,000 hostile ratings by one user, in cells with 40 ratings from ten users', () => {
  it.each(
    Object.entries(attacks).flatMap(([name, attack]) =>
      [36, 30].map((good) => ({ name, attack, good })),
    ),
  )(
    '$name move no share of the choices by more than two points; $good like the best',
    async ({ attack, good }) => {
      const stage = await setUp({ good, fair: 20, poor: 10 })
      const before = await shares(stage.router)
      for (let turn = 0; turn < 1000; turn += 1) {
        await rate(stage, { userId: 'enemy', ...attack(turn) })
      }
      const after = await shares(stage.router)
      for (const [index, share] of before.entries()) {
        expect(Math.abs((after[index] ?? 0) - share)).toBeLessThanOrEqual(0.02)
      }
    },
  )

  it('weigh one rating, while the plain average takes them all', async () => {
    const stage = await setUp({ good: 36, fair: 20, poor: 10 })
    for (let turn = 0; turn < 1000; turn += 1) {
      await rate(stage, { userId: 'enemy', model: 'good', signal: 'thumbs-down' })
    }
    const cells = await stage.store.feedback.listExperience(AGENT)
    expect(cells.find(({ modelId }) => modelId === 'fake/good')).toMatchObject({
      count: 1040,
      sum: 36_000,
      weightMilli: 10_250,
      weightedSum: 9000,
    })
    expect(await stage.store.feedback.listShifts(AGENT)).toEqual([])
  })
})
