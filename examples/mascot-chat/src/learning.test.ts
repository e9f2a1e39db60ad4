import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'
import type { Explanation, Visitor } from './__fixtures__/visitor.ts'

const CODE = 'Write a function in python that adds two numbers'
const TRANSLATION = 'Translate this into French: good morning'

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

async function expectWinner(
  visitor: Visitor,
  { question, model }: { readonly question: string; readonly model: string },
): Promise<void> {
  const { decision, last } = await visitor.ask(question, { model: 'auto' })
  expect(decision).toMatchObject({ model, source: 'auto' })
  expect(last).toMatchObject({ type: 'end', model })
  const path = `/api/decisions/${decision.decisionId}`
  const { status, body } = await visitor.get<Explanation>(path)
  expect(status).toBe(200)
  expect(body).toMatchObject({ model, source: 'auto', strategy: { name: 'best-value' } })
  expect(body.sentence).toContain(decision.modelName)
  expect(body.sentence).toMatch(/8 ratings/)
  expect(body.sentence.trim().split('\n')).toHaveLength(1)
  expect(body.candidates[0]).toMatchObject({ modelId: model, ratings: 8, experience: 1 })
}
