import type { RouterEvent } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, partsOf, read } from './__fixtures__/make-router.ts'
import type { Router } from './router.ts'

const code = 'Write a Python function that sorts a list'
const translation = 'Translate this sentence to French'

async function ask(router: Router, content: string, agentId = 'default') {
  const messages = [{ role: 'user', content }] as const
  const answer = await router.chat({ userId: 'u1', agentId, model: 'auto', messages })
  await read(answer)
  return answer
}

describe('feedback', () => {
  it('turns Auto to the winner of each task, and explain says so', async () => {
    const { router } = await makeRouter({ providers: [{ models: ['coder', 'linguist'] }] })
    const likes = { code: 'fake/coder', translation: 'fake/linguist' }
    for (let round = 0; round < 30; round += 1) {
      const task = round % 2 === 0 ? 'code' : 'translation'
      const model = round % 4 < 2 ? 'fake/coder' : 'fake/linguist'
      const content = task === 'code' ? code : translation
      const answer = await router.chat({ ...hello, model, messages: [{ role: 'user', content }] })
      await read(answer)
      const signal = likes[task] === model ? 'thumbs-up' : 'thumbs-down'
      await router.feedback({ messageId: answer.messageId, userId: 'u1', signal })
    }

    const coding = await ask(router, code)
    const translating = await ask(router, translation)

    expect(coding.decision.modelId).toBe('fake/coder')
    expect(translating.decision.modelId).toBe('fake/linguist')
    expect((await router.explain(coding.decision.id)).sentence).toBe(
      'Code: coder with 0.85 from priority 0.50 and an average of 1.00 over 8 ratings for code; next is linguist with 0.15 (2 candidates).',
    )
  })

  it('is seen by the very next decision', async () => {
    const { router } = await makeRouter()
    const first = await ask(router, code)
    expect(first.decision.modelId).toBe('fake/one')
    await router.feedback({ messageId: first.messageId, userId: 'u1', signal: 'thumbs-down' })
    expect((await ask(router, code)).decision.modelId).toBe('fake/two')
  })

  it('counts once, can be changed, and explicit beats implicit whatever the order', async () => {
    const { router } = await makeRouter({ providers: [{ models: ['one'] }] })
    const { messageId } = await ask(router, code)
    const rate = (input: object) => router.feedback({ messageId, userId: 'u1', ...input })
    const learnt = async () => (await ask(router, code)).decision.candidates[0]

    await rate({ signal: 'copy' })
    expect(await learnt()).toMatchObject({ experience: 1, ratings: 1 })
    await rate({ signal: 'thumbs-down' })
    expect(await learnt()).toMatchObject({ experience: 0, ratings: 1 })
    expect(await rate({ signal: 'copy' })).toMatchObject({
      rating: 0,
      feedbackType: 'explicit',
      changed: false,
    })
    await rate({ rating: 0.7 })
    expect(await learnt()).toMatchObject({ experience: 0.7, ratings: 1 })
  })

  it('sent twice with one key is one', async () => {
    const { router, store } = await makeRouter()
    const { messageId } = await ask(router, code)
    const idempotencyKey = '01890a5d-ac96-774b-bcce-b302099a8057'
    const rate = () =>
      router.feedback({ messageId, userId: 'u1', signal: 'thumbs-up', idempotencyKey })
    expect((await rate()).changed).toBe(true)
    expect((await rate()).changed).toBe(false)
    expect(await store.feedback.listEvents({ tenantId: 'default', messageId })).toHaveLength(1)
  })

  it.each([
    ['another user', { userId: 'u2', signal: 'thumbs-up' }, 'not-found'],
    ['another tenant', { userId: 'u1', tenantId: 'x', signal: 'thumbs-up' }, 'not-found'],
    ['no answer', { userId: 'u1', messageId: 'nope', signal: 'thumbs-up' }, 'not-found'],
    ['a wrong rating', { userId: 'u1', rating: 1.5 }, 'invalid-request'],
    ['neither signal nor rating', { userId: 'u1' }, 'invalid-request'],
    ['both', { userId: 'u1', rating: 1, signal: 'copy' }, 'invalid-request'],
    ['a wrong key', { userId: 'u1', rating: 1, idempotencyKey: 'x' }, 'invalid-request'],
  ] as const)('of %s is refused', async (_name, input, code) => {
    const { router } = await makeRouter()
    const { messageId } = await ask(router, 'Hello')
    await expect(router.feedback({ messageId, ...input })).rejects.toMatchObject({ code })
  })

  it('on an answer that is still being made has to wait', async () => {
    const gate = Promise.withResolvers<void>()
    const { router } = await makeRouter({
      providers: [{ models: ['a'], answer: () => ({ text: ['a', 'b'], between: gate.promise }) }],
    })
    const answer = await router.chat(hello)
    const rate = () =>
      router.feedback({ messageId: answer.messageId, userId: 'u1', signal: 'thumbs-up' })
    for await (const part of answer.parts) {
      if (part.type !== 'text-delta') continue
      await expect(rate()).rejects.toMatchObject({ code: 'message-not-finished' })
      const stranger = { messageId: answer.messageId, userId: 'u2', signal: 'thumbs-up' } as const
      await expect(router.feedback(stranger)).rejects.toMatchObject({ code: 'not-found' })
      gate.resolve()
    }
    await expect(rate()).resolves.toMatchObject({ changed: true })
  })

  it('of one agent is not the experience of another', async () => {
    const { router } = await makeRouter()
    const { messageId } = await ask(router, code, 'first')
    await router.feedback({ messageId, userId: 'u1', signal: 'thumbs-down' })
    expect((await ask(router, code, 'second')).decision.modelId).toBe('fake/one')
    expect((await ask(router, code, 'first')).decision.modelId).toBe('fake/two')
  })
})

describe('what the router tells', () => {
  it('names decisions, attempts, feedback and selections, without users or texts', async () => {
    const { router } = await makeRouter()
    const events: RouterEvent[] = []
    const types = [
      'decision-made',
      'attempt-ended',
      'feedback-recorded',
      'selection-changed',
    ] as const
    for (const type of types) router.on(type, (event) => events.push(event))

    const { messageId } = await ask(router, code)
    await router.feedback({ messageId, userId: 'u1', signal: 'thumbs-up' })
    await router.preferences.set({ userId: 'u1', model: 'fake/two' })

    expect(events.map((event) => event.type)).toEqual(types)
    expect(JSON.stringify(events)).not.toContain('u1')
    expect(JSON.stringify(events)).not.toContain('Python')
  })

  it('is told no more to a listener that left, and one that throws disturbs nobody', async () => {
    const { router } = await makeRouter()
    let told = 0
    router.on('decision-made', () => {
      throw new Error('the host is broken')
    })
    const stop = router.on('decision-made', () => {
      told += 1
    })
    await ask(router, code)
    stop()
    stop()
    await ask(router, code)
    expect(told).toBe(1)
  })
})

describe('agents', () => {
  it('without rows have no model unless the host says so', async () => {
    const { router } = await makeRouter({ unconfiguredAgents: 'none' })
    await expect(router.chat({ ...hello, model: 'auto' })).rejects.toMatchObject({
      code: 'no-candidate',
      exclusions: { 'not-enabled': 2 },
    })
  })

  it('use what is enabled for them, in the order of their own priorities, at once', async () => {
    const { router } = await makeRouter({ unconfiguredAgents: 'none' })
    await router.agents.enable({ models: ['one', 'two'], by: 'admin' })
    expect((await ask(router, 'Hello')).decision.modelId).toBe('fake/one')

    await router.agents.enable({ models: ['two'], priority: 90 })
    expect((await ask(router, 'Hello')).decision.modelId).toBe('fake/two')

    await router.agents.disable({ models: ['two'] })
    const answer = await ask(router, 'Hello')
    expect(answer.decision.modelId).toBe('fake/one')
    expect(answer.decision.exclusions.counts).toEqual({ 'not-enabled': 1 })
    await expect(router.chat({ ...hello, agentId: 'other', model: 'auto' })).rejects.toMatchObject({
      code: 'no-candidate',
    })
  })

  it('are changed all or not at all', async () => {
    const { router } = await makeRouter({ unconfiguredAgents: 'none' })
    await expect(router.agents.enable({ models: ['one', 'nope'] })).rejects.toMatchObject({
      code: 'unknown-model',
    })
    expect(await router.agents.list()).toEqual([])
  })
})

describe('rules for agents', () => {
  const free = { pricing: { input: '0', output: '0' } }
  const providers = [
    {
      models: [
        { externalId: 'free', ...free },
        { externalId: 'paid', pricing: { input: '1', output: '1' } },
      ],
    },
    { id: 'other', models: [{ externalId: 'gratis', ...free }] },
  ]
  const candidates = async (router: Router) =>
    (await router.decide({ ...hello, model: 'auto' })).candidates.map(({ modelId, priority }) => [
      modelId,
      priority,
    ])

  it('enable whatever fits, also what comes later, with exceptions by name', async () => {
    const { router } = await makeRouter({ unconfiguredAgents: 'none', providers })
    await router.agents.enableMatching({ filter: { costTier: 'free' }, priority: 80, by: 'admin' })
    expect(await candidates(router)).toEqual([
      ['fake/free', 0.8],
      ['other/gratis', 0.8],
    ])

    await router.models.create({ providerId: 'fake', externalId: 'new', ...free })
    await router.agents.disable({ models: ['other/gratis'] })
    expect(await candidates(router)).toEqual([
      ['fake/free', 0.8],
      ['fake/new', 0.8],
    ])
    const { items, total } = await router.agents.listEnabled()
    expect(items.map(({ model, decidedBy }) => [model.id, decidedBy])).toEqual([
      ['fake/free', 'rule'],
      ['fake/new', 'rule'],
    ])
    expect(total).toBe(2)
  })

  it('the newest that fits counts, and one that is removed no more', async () => {
    const { router, runtime } = await makeRouter({ unconfiguredAgents: 'none', providers })
    await router.agents.enableMatching({ filter: {} })
    await runtime.advance(1)
    const rule = await router.agents.disableMatching({ filter: { providerId: 'fake' } })
    expect(await candidates(router)).toEqual([['other/gratis', 0.5]])
    await router.agents.removeRule({ ruleId: rule.id })
    expect(await candidates(router)).toHaveLength(3)
    expect(await router.agents.rules()).toHaveLength(1)
    await expect(router.agents.removeRule({ ruleId: rule.id })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('are of one agent of one tenant, refused by the name of what is wrong, and audited', async () => {
    const { router } = await makeRouter({ unconfiguredAgents: 'none', providers })
    await router.agents.enableMatching({ filter: {}, by: 'admin' })
    for (const other of [{ agentId: 'second' }, { tenantId: 'second' }]) {
      expect(await router.agents.rules(other)).toEqual([])
      await expect(router.decide({ ...hello, model: 'auto', ...other })).rejects.toMatchObject({
        code: 'no-candidate',
      })
    }
    await expect(
      router.agents.enableMatching({ filter: { costTier: 'cheap' as never } }),
    ).rejects.toMatchObject({ code: 'invalid-request', field: 'filter.costTier' })
    const [entry] = await router.audit.list({ tenantId: 'default' })
    expect(entry).toMatchObject({ actor: 'admin' })
  })
})

describe('a dry run', () => {
  it('decides without calling or storing', async () => {
    const { router, providers, store } = await makeRouter()
    const decision = await router.decide({ ...hello, model: 'auto' })
    expect(decision.modelId).toBe('fake/one')
    expect(providers[0]?.calls).toEqual([])
    expect(
      await store.ledger.getDecision({ tenantId: 'default', decisionId: decision.id }),
    ).toBeUndefined()
    await expect(router.explain(decision.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('the reason before the first word', () => {
  it('is one sentence that names the task and the model', async () => {
    const { router } = await makeRouter()
    const parts = await read(
      await router.chat({ ...hello, model: 'auto', messages: [{ role: 'user', content: code }] }),
    )
    expect(partsOf(parts, 'decision')[0]?.reason).toBe(
      'Code: one with 0.50 from priority 0.50, as code has no ratings yet; next is two with 0.50 (2 candidates).',
    )
  })
})
