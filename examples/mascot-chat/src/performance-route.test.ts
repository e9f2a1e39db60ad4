import { describe, expect, it } from 'vitest'

import { startTestChat } from './__fixtures__/test-chat.ts'
import type { PerformanceFigures } from './performance-route.ts'

describe('GET /api/performance', () => {
  it('gives how each model did, the most used first, with what is not known left out', async () => {
    const chat = await startTestChat()
    const visitor = chat.visitor()
    const first = await visitor.get<PerformanceFigures>('/api/performance')
    expect(first.body).toEqual({ days: 30, models: [] })
    expect(first.headers.get('cache-control')).toBe('no-store')
    const { decision } = await visitor.ask('Hello', { model: 'gpt-4o' })
    await visitor.ask('Hello', { model: 'gpt-4o' })
    await visitor.rate(decision.messageId, 1)
    chat.simulator.script({ model: 'gemini-2.5-flash' }, { type: 'fail', failure: 'invalid-request' })
    await visitor.ask('Hello', { model: 'gemini-2.5' })
    const { body } = await visitor.get<PerformanceFigures>('/api/performance')
    const byModel = new Map(body.models.map((figures) => [figures.model, figures]))
    expect(body.models[0]).toMatchObject({
      model: 'openai/gpt-4o',
      requests: 2,
      failures: 0,
      rating: { mean: 1, count: 1, isKnown: false },
      firstPartMs: { count: 2 },
      totalMs: { count: 2 },
      costPerRequestUsd: expect.any(Number),
    })
    expect(body.models[0]?.costPerRequestUsd).toBeGreaterThan(0)
    const failed = byModel.get('google/gemini-2.5-flash')
    expect(failed).toMatchObject({ requests: 1, failures: 1 })
    expect(failed).not.toHaveProperty('rating')
    expect(failed).not.toHaveProperty('totalMs')
  })

  it('counts this chat’s agent of this tenant alone', async () => {
    const chat = await startTestChat()
    const messages = [{ role: 'user' as const, content: 'Hello' }]
    for (const whose of [{ agentId: 'other' }, { agentId: 'mascot', tenantId: 'other' }]) {
      const answer = await chat.router.chat({ messages, model: 'gpt-4o', ...whose })
      await answer.text()
    }
    const visitor = chat.visitor()
    await visitor.ask('Hello', { model: 'gpt-4o-mini' })
    const { body } = await visitor.get<PerformanceFigures>('/api/performance?days=1')
    expect(body.days).toBe(1)
    expect(body.models.map(({ model, requests }) => [model, requests])).toEqual([
      ['openai/gpt-4o-mini', 1],
    ])
  })

  it.each(['0', '367', '1.5', 'x', '', '1&days=2'])('refuses %j days', async (days) => {
    const chat = await startTestChat()
    const { status, body } = await chat.visitor().get(`/api/performance?days=${days}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { code: 'invalid-request', field: 'days' } })
  })
})
