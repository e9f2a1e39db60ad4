import type { FeedbackResponse } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'
import type { Visitor } from './__fixtures__/visitor.ts'
import type { DecisionExplanation } from './decision-route.ts'

const CODE = 'Write a function in python that adds two numbers'
const TRANSLATION = 'Translate this into French: good morning'

describe('POST /api/v2/chat/messages/{id}/feedback', () => {
  it('answers with what counts now, and lets it be changed', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    const { decision } = await visitor.ask(CODE)
    const path = `/api/v2/chat/messages/${decision.messageId}/feedback`
    const up = await visitor.send<FeedbackResponse>('POST', path, { rating: 1 })
    expect(up.status).toBe(200)
    expect(up.body).toMatchObject({
      message_id: decision.messageId,
      rating: 1,
      feedback_type: 'explicit',
    })
    expect(new Date(up.body.recorded_at).toISOString()).toBe(up.body.recorded_at)
    const copy = { rating: 1, feedback_type: 'implicit' }
    await visitor.send('POST', path, { rating: 0, feedback_type: 'explicit' })
    const after = await visitor.send<FeedbackResponse>('POST', path, copy)
    expect(after.body).toMatchObject({ rating: 0, feedback_type: 'explicit' })
  })

  it('takes a rating back, and then nothing counts', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    const { decision } = await visitor.ask(CODE)
    const path = `/api/v2/chat/messages/${decision.messageId}/feedback`
    await visitor.send('POST', path, { rating: 1 })
    const undone = await visitor.send<FeedbackResponse>('POST', path, { signal: 'retract' })
    expect(undone.status).toBe(200)
    expect(undone.body).toMatchObject({ rating: null, feedback_type: null })
    await visitor.send('POST', path, { signal: 'copy' })
    const both = await visitor.refused('POST', path, { rating: 1, signal: 'copy' })
    expect([both.status, both.body.error.field]).toEqual([400, 'rating'])
    const self = { signal: 'retract', feedback_type: 'self_eval' }
    expect((await visitor.refused('POST', path, self)).status).toBe(403)
    const stranger = await chat.visitor().refused('POST', path, { signal: 'retract' })
    expect(stranger.status).toBe(404)
  })

  it('answers 404 for an answer of somebody else and for none', async () => {
    const chat = await startTestChat()
    const { decision } = await chat.visitor().ask(CODE)
    for (const id of [decision.messageId, 'msg-123', '01900000-0000-7000-8000-000000000000']) {
      const reply = await chat.visitor().rate(id, 1)
      expect(reply.status).toBe(404)
      expect(reply.body).toMatchObject({ error: { code: 'not-found' } })
    }
  })

  it('answers 400 with the field to a rating that is none', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    const { decision } = await visitor.ask(CODE)
    const path = `/api/v2/chat/messages/${decision.messageId}/feedback`
    for (const rating of [2, -0.1, '1', null]) {
      const { status, body } = await visitor.refused('POST', path, { rating })
      expect([status, body.error.field]).toEqual([400, 'rating'])
    }
    const loud = await visitor.refused('POST', path, { rating: 1, feedback_type: 'loud' })
    expect([loud.status, loud.body.error.field]).toEqual([400, 'feedback_type'])
    const self = await visitor.refused('POST', path, { rating: 1, feedback_type: 'self_eval' })
    expect(self.status).toBe(403)
  })
})

describe('learning from thumbs', () => {
  it('sends each kind of task to its own winner after 30 thumbs, and says why', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    const rate = async (question: string, model: string, rating: number): Promise<void> => {
      const { decision } = await visitor.ask(question, { model })
      expect((await visitor.rate(decision.messageId, rating)).status).toBe(200)
    }
    const thumbs = [
      { times: 8, question: CODE, model: 'gpt-4o', rating: 1 },
      { times: 7, question: CODE, model: 'gemini-2.5', rating: 0 },
      { times: 8, question: TRANSLATION, model: 'gemini-2.5', rating: 1 },
      { times: 7, question: TRANSLATION, model: 'gpt-4o', rating: 0 },
    ]
    for (const { times, question, model, rating } of thumbs) {
      for (let count = 0; count < times; count += 1) await rate(question, model, rating)
    }
    await expectWinner(visitor, { question: CODE, model: 'openai/gpt-4o' })
    await expectWinner(visitor, { question: TRANSLATION, model: 'google/gemini-2.5-flash' })
  })
})

describe('GET /api/decisions/{id}', () => {
  it('is for the one whose answer it was', async () => {
    const chat = await startTestChat()
    const { decision } = await chat.visitor().ask(CODE)
    const reply = await chat.visitor().get(`/api/decisions/${decision.decisionId}`)
    expect(reply.status).toBe(404)
    expect((await chat.visitor().get('/api/decisions/nonsense')).status).toBe(404)
  })

  it('says of every call behind the answer how it ended and what it cost', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    chat.simulator.always({ dialect: 'google' }, { type: 'fail', failure: 'overloaded' })
    const { decision } = await visitor.ask(CODE, { model: 'gemini-2.5' })
    const path = `/api/decisions/${decision.decisionId}`
    const { calls } = (await visitor.get<DecisionExplanation>(path)).body
    expect(calls).toMatchObject([
      { modelId: 'google/gemini-2.5-flash', outcome: 'failed', failureKind: 'overloaded' },
      { modelId: 'openai/gpt-4o-mini', outcome: 'completed', cause: 'failover' },
    ])
    // Nobody knows what the first one cost; that is not nothing.
    expect(calls[0]?.costUsd).toBeUndefined()
    expect(calls[1]?.costUsd).toBeGreaterThan(0)
  })
})

async function expectWinner(
  visitor: Visitor,
  { question, model }: { readonly question: string; readonly model: string },
): Promise<void> {
  const { decision, last } = await visitor.ask(question, { model: 'auto' })
  expect(decision).toMatchObject({ model, source: 'auto' })
  expect(last).toMatchObject({ type: 'end', model })
  const path = `/api/decisions/${decision.decisionId}`
  const { status, body } = await visitor.get<DecisionExplanation>(path)
  expect(status).toBe(200)
  expect(body).toMatchObject({ model, source: 'auto', strategy: 'weighted' })
  expect(body.sentence).toContain(decision.modelName)
  expect(body.sentence).toMatch(/8 ratings/)
  expect(body.sentence.trim().split('\n')).toHaveLength(1)
  expect(body.candidates[0]).toMatchObject({ modelId: model, ratings: 8, experience: 1 })
}
