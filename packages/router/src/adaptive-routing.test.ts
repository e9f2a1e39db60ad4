import type { ChatMessage, ChatRequest, ExperienceCell, TaskDetector } from '@imrs/core'
import { textOf } from '@imrs/core'
import { memoryStore } from '@imrs/testing/host'
import { expect, it } from 'vitest'

import { makeRouter, read } from './__fixtures__/make-router.ts'
import type { Router } from './router.ts'
import { adaptive } from './strategies/adaptive/adaptive.ts'
import { weighted } from './strategies/weighted.ts'

const KEY = { tenantId: 'default', agentId: 'default' }

async function answerOf(router: Router, changes: Partial<ChatRequest>) {
  const messages: readonly ChatMessage[] = [{ role: 'user', content: 'Hello you' }]
  const answer = await router.chat({ userId: 'u1', model: 'auto', messages, ...changes })
  await read(answer)
  return answer
}

const models = ['one', 'two', 'three', 'four'].map((externalId) => ({
  externalId,
  capabilities: ['text', 'function_calling'] as const,
}))

it('keeps how a propensity came about with the decision', async () => {
  const { router, store } = await makeRouter({ strategy: adaptive(), providers: [{ models }] })
  const { id: decisionId } = (await answerOf(router, {})).decision
  const decision = await store.ledger.getDecision({ tenantId: 'default', decisionId })
  const { count = -1, ...log } = decision?.propensityLog ?? {}
  expect(log).toEqual({ draws: 32, epsilon: 0.02, candidates: 4 })
  expect(decision?.propensity).toBeCloseTo((0.98 * count) / 32 + 0.02 / 4, 12)
  expect(decision).toMatchObject({ opeEligible: true, strategy: { name: 'adaptive' } })
})

it('learns from feedback: what is rated badly is left', async () => {
  const { router, store } = await makeRouter({ strategy: adaptive(), providers: [{ models }] })
  const played: string[] = []
  for (let turn = 0; turn < 150; turn += 1) {
    // One user alone would soon count for little.
    const userId = `u${turn}`
    const answer = await answerOf(router, { userId })
    const { id: decisionId } = answer.decision
    const modelId = (await store.ledger.getDecision({ tenantId: 'default', decisionId }))?.modelId
    played.push(modelId ?? '')
    const signal = modelId?.endsWith('three') === true ? 'thumbs-up' : 'thumbs-down'
    await router.feedback({ messageId: answer.messageId, userId, signal })
  }
  const late = played.slice(-50).filter((modelId) => modelId.endsWith('three'))
  expect(late.length).toBeGreaterThan(40)
})

it('credits a request without a task to a bucket, where the strategy learns; the task stays general', async () => {
  const bucketsOf = async (strategy: ReturnType<typeof adaptive>) => {
    const { router, store } = await makeRouter({ strategy, providers: [{ models }] })
    for (const content of ['Hello you', 'Привет всем']) {
      const { messageId } = await answerOf(router, { messages: [{ role: 'user', content }] })
      await router.feedback({ messageId, userId: 'u1', signal: 'thumbs-up' })
      const message = await store.ledger.getMessage({ tenantId: 'default', messageId })
      expect(message?.taskType).toBe('general')
    }
    const cells: readonly ExperienceCell[] = await store.feedback.listExperience(KEY)
    const own = cells.filter(({ scope }) => scope === 'agent')
    return [...new Set(own.map(({ taskType }) => taskType))].toSorted()
  }
  expect(await bucketsOf(adaptive())).toEqual(['general/cyrillic-short', 'general/latin-short'])
  expect(await bucketsOf(weighted())).toEqual(['general'])
})

it('begins with what others published of its models, and says so; other strategies do not', async () => {
  const scored = models.map((model, index) => ({
    ...model,
    published: { score: index === 2 ? 0.9 : 0.3, source: 'artificial-analysis' },
  }))
  const playedOf = async (strategy: ReturnType<typeof adaptive>) => {
    const { router } = await makeRouter({ strategy, providers: [{ models: scored }] })
    const decisions = []
    for (let turn = 0; turn < 200; turn += 1) {
      const messages: readonly ChatMessage[] = [{ role: 'user', content: 'Hello you' }]
      decisions.push(await router.decide({ userId: 'u1', model: 'auto', messages }))
    }
    const { decision } = await answerOf(router, {})
    const share = decisions.filter(({ modelId }) => modelId === 'fake/three').length / 200
    return { share, sentence: (await router.explain(decision.id)).sentence }
  }
  const learned = await playedOf(adaptive())
  expect(learned.share).toBeGreaterThan(0.3)
  expect(learned.sentence).toMatch(/from priority 0\.50 and a published score of 0\.[39]0, as /)
  const plain = await playedOf(adaptive({ priors: { publishedEffect: 0 } }))
  expect(learned.share).toBeGreaterThan(plain.share + 0.05)
  const formula = await playedOf(weighted())
  expect(formula.share).toBe(0)
  expect(formula.sentence).not.toContain('published')
})

it('gives a request without a task the one that texts like it had by the word of the host', async () => {
  const named: TaskDetector = {
    specVersion: 'v1',
    name: 'form',
    detect: ({ messages }) => {
      const last = messages.at(-1)
      const text = last === undefined ? '' : textOf(last)
      const type = /^\[(\w+)\]/.exec(text)?.[1]
      return type === undefined
        ? []
        : [{ type, source: 'detector', confidence: 'high', matches: 1 }]
    },
  }
  const texts = { weaving: 'warp weft loom shuttle', sailing: 'mast keel rudder sheet' }
  const some = (words: string, turn: number) =>
    [turn, turn * 3 + 1].map((place) => words.split(' ')[place % 4]).join(' ')
  const taskOf = async (strategy: ReturnType<typeof adaptive>, content: string) => {
    const { router, store } = await makeRouter({
      strategy,
      providers: [{ models }],
      detectors: [named],
    })
    for (let turn = 0; turn < 40; turn += 1) {
      for (const [type, words] of Object.entries(texts)) {
        await answerOf(router, {
          messages: [{ role: 'user', content: `[${type}] ${some(words, turn)}` }],
        })
      }
    }
    const { messageId, decision } = await answerOf(router, {
      messages: [{ role: 'user', content }],
    })
    await router.feedback({ messageId, userId: 'u1', signal: 'thumbs-up' })
    const message = await store.ledger.getMessage({ tenantId: 'default', messageId })
    const stored = await store.ledger.getDecision({ tenantId: 'default', decisionId: decision.id })
    const cells = await store.feedback.listExperience(KEY)
    return { task: stored?.task, type: message?.taskType, rated: cells[0]?.taskType }
  }
  expect(await taskOf(adaptive(), 'mast keel')).toEqual({
    task: { type: 'sailing', source: 'classifier', confidence: 'medium', matches: 1 },
    type: 'sailing',
    rated: 'sailing',
  })
  expect(await taskOf(adaptive(), 'Hello you')).toMatchObject({
    task: { type: 'general', source: 'none' },
    type: 'general',
    rated: 'general/latin-short',
  })
  expect((await taskOf(weighted(), 'mast keel')).task?.type).toBe('general')
})

it('puts requests without a task into groups of like texts after 400 of them, also after a restart', async () => {
  const store = memoryStore()
  const words = 'mauve teal ochre umber sepia ivory amber coral azure khaki'.split(' ')
  const text = (turn: number) => {
    const word = words[turn % words.length] ?? ''
    return `${word}a and ${word}e or ${word}i`
  }
  const typesOf = async (router: Router, turns: readonly number[]) => {
    const types: string[] = []
    for (const turn of turns) {
      const userId = `u${turn}`
      const messages: readonly ChatMessage[] = [{ role: 'user', content: text(turn) }]
      const { messageId } = await answerOf(router, { userId, messages })
      await router.feedback({ messageId, userId, signal: 'thumbs-up' })
      const message = await store.ledger.getMessage({ tenantId: 'default', messageId })
      expect(message?.taskType).toBe('general')
      types.push(message?.creditedTaskType ?? '')
    }
    return types
  }
  const options = { strategy: adaptive(), providers: [{ models }], store }
  const { router, runtime } = await makeRouter(options)
  const before = await typesOf(router, [...Array(400).keys()])
  expect(new Set(before)).toEqual(new Set(['general/latin-short']))
  const after = await typesOf(
    router,
    [...Array(20).keys()].map((turn) => 400 + turn),
  )
  // The first texts may share a group: which words are rare is not known yet.
  expect(new Set(after).size).toBeGreaterThanOrEqual(8)
  expect(after.every((type) => type.startsWith('general/~'))).toBe(true)
  expect(after.slice(10)).toEqual(after.slice(0, 10))

  const { router: restarted } = await makeRouter({ ...options, runtime })
  const again = await typesOf(
    restarted,
    [...Array(10).keys()].map((turn) => 420 + turn),
  )
  expect(again).toEqual(after.slice(0, 10))
  expect((await restarted.experience.verify()).differences).toEqual([])
})

it('never changes the model in a loop of tool calls', async () => {
  const { router, store } = await makeRouter({ strategy: adaptive(), providers: [{ models }] })
  const asked: ChatMessage = { role: 'user', content: 'Hello you' }
  for (let turn = 0; turn < 12; turn += 1) {
    const conversationId = `c${turn}`
    const first = await answerOf(router, { conversationId, messages: [asked] })
    const loop: readonly ChatMessage[] = [
      asked,
      { role: 'assistant', content: '', toolCalls: [{ id: 'x', name: 'look', input: {} }] },
      { role: 'tool', toolCallId: 'x', content: 'found' },
    ]
    const second = await answerOf(router, { conversationId, messages: loop })
    const [before, after] = await Promise.all(
      [first, second].map(({ messageId }) =>
        store.ledger.getMessage({ tenantId: 'default', messageId }),
      ),
    )
    expect(after?.model).toBe(before?.model)
    const { id: decisionId } = second.decision
    expect(await store.ledger.getDecision({ tenantId: 'default', decisionId })).toMatchObject({
      opeEligible: false,
      opeReason: 'sticky',
      propensity: 1,
    })
  }
})
