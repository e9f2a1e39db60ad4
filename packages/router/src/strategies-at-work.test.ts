import { createTestRuntime } from '@imrs/testing/host'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from './__fixtures__/make-router.ts'
import type { Router } from './router.ts'
import { experiment } from './strategies/experiment.ts'
import { fastest } from './strategies/fastest.ts'
import { priority } from './strategies/priority.ts'
import { spread } from './strategies/spread.ts'
import { sticky } from './strategies/sticky.ts'
import { weighted } from './strategies/weighted.ts'

async function ask(router: Router, changes: object = {}) {
  const answer = await router.chat({ ...hello, model: 'auto', ...changes })
  await read(answer)
  return answer.decision
}

describe('experiment', () => {
  const strategy = experiment({ name: 'trial', a: priority(), b: weighted(), share: 0.5 })

  it('gives a user one arm, and stores which, and with what chance', async () => {
    const { router, store } = await makeRouter({ strategy })
    const names = new Map<string, Set<string>>()
    for (let round = 0; round < 60; round += 1) {
      const userId = `u${round % 12}`
      const { strategy: by, id } = await ask(router, { userId })
      names.set(userId, (names.get(userId) ?? new Set()).add(by.name))
      const stored = await store.ledger.getDecision({ tenantId: 'default', decisionId: id })
      expect(stored).toMatchObject({ strategy: by, propensity: 1, propensityLog: { share: 1 } })
    }
    expect([...names.values()].every(({ size }) => size === 1)).toBe(true)
    expect(new Set([...names.values()].flatMap((each) => [...each]))).toEqual(
      new Set(['experiment:trial/a:priority', 'experiment:trial/b:weighted']),
    )
  })

  it('gives a session one arm in every process, and users of another tenant arms of their own', async () => {
    const [one, two] = [await makeRouter({ strategy }), await makeRouter({ strategy })]
    const armsOf = async ({ router }: { router: Router }, tenantId: string) => {
      const arms: string[] = []
      for (let session = 0; session < 16; session += 1) {
        const owner = { userId: undefined, sessionId: `s${session}`, tenantId }
        arms.push((await ask(router, owner)).strategy.name)
      }
      return arms
    }
    const arms = await armsOf(one, 'default')
    expect(await armsOf(two, 'default')).toEqual(arms)
    expect(await armsOf(one, 'other')).not.toEqual(arms)
  })
})

it('sticky stays with the model of a conversation, which no evaluation counts', async () => {
  const { router } = await makeRouter({ strategy: sticky(priority()) })
  const conversation = { conversationId: 'c' }
  const answer = await router.chat({ ...hello, ...conversation, model: 'fake/two' })
  await read(answer)
  const messages = [
    ...hello.messages,
    { role: 'assistant', content: 'Yes?' },
    { role: 'user', content: 'Go on' },
  ]
  const next = await ask(router, { ...conversation, messages })
  expect(next).toMatchObject({ modelId: 'fake/two', opeEligible: false, opeReason: 'sticky' })
  expect((await router.explain(next.id)).sentence).toBe(
    'General: two, as the conversation stays with it; next is one with 0.50 (2 candidates).',
  )
  expect(await ask(router)).toMatchObject({ modelId: 'fake/one', opeEligible: true })
})

it('spread uses all providers of one model alike', async () => {
  const { router } = await makeRouter({
    strategy: spread(weighted()),
    providers: [
      { id: 'east', models: ['gpt'] },
      { id: 'west', models: ['maker/gpt'] },
    ],
  })
  const played = new Map<string, number>()
  for (let round = 0; round < 100; round += 1) {
    const { modelId, propensity } = await ask(router)
    expect(propensity).toBe(0.5)
    played.set(modelId, (played.get(modelId) ?? 0) + 1)
  }
  expect(played.get('east/gpt')).toBeGreaterThan(30)
  expect(played.get('west/maker/gpt')).toBeGreaterThan(30)
})

it('fastest goes by the times that were measured, a second later at most', async () => {
  const runtime = createTestRuntime()
  const { router } = await makeRouter({
    runtime,
    strategy: fastest({ explore: 0 }),
    providers: [
      {
        models: ['slow', 'swift', 'untried'],
        answer: ({ externalId }) => ({
          text: 'Hi',
          before: runtime.advance(externalId === 'slow' ? 800 : 100),
        }),
      },
    ],
  })
  expect((await ask(router)).modelId).toBe('fake/slow')
  for (let round = 0; round < 3; round += 1) {
    await ask(router, { model: 'fake/slow' })
    await ask(router, { model: 'fake/swift' })
  }
  await runtime.advance(1000)
  const { id: decisionId, modelId, candidates } = await ask(router)
  expect(modelId).toBe('fake/swift')
  expect(candidates.map(({ modelId: id, score }) => [id, score])).toEqual([
    ['fake/swift', 1000 / 1100],
    ['fake/slow', 1000 / 1800],
    ['fake/untried', 0],
  ])
  expect((await router.explain(decisionId)).sentence).toBe(
    'General: swift with 0.91 from how soon it begins to answer; next is slow with 0.56 (3 candidates).',
  )
})
