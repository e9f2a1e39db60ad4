import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from './__fixtures__/make-router.ts'
import type { TestRouter } from './__fixtures__/make-router.ts'
import { adaptive } from './strategies/adaptive/adaptive.ts'

const listed = (externalId: string, price: string) => ({
  externalId,
  pricing: { input: price, output: price },
})
const providers = [{ models: [listed('dear', '10'), listed('cheap', '0.1')] }]
const seed = (externalId: string, priority: number) => ({
  providerId: 'fake',
  externalId,
  displayName: externalId,
  priority,
})
const models = [seed('dear', 90), seed('cheap', 40)]

async function made(options: object = {}): Promise<TestRouter> {
  const strategy = adaptive({ epsilon: 0, exploration: 0 })
  return makeRouter({ providers, models, strategy, ...options })
}

async function ask({ router }: TestRouter, changes: object) {
  const answer = await router.chat({ ...hello, model: 'auto', ...changes })
  return { answer, parts: await read(answer) }
}

const warned = (parts: readonly { readonly type: string }[]): readonly object[] =>
  parts.filter(({ type }) => type === 'warning')

describe('costQuality of a request', () => {
  it('rules that request alone, and is told, explained and stored', async () => {
    const given = await made()
    const { answer, parts } = await ask(given, { costQuality: 1 })
    expect(answer.decision).toMatchObject({ modelId: 'fake/cheap', costQuality: 1 })
    expect(parts[0]).toMatchObject({ type: 'decision', costQuality: 1 })
    expect(warned(parts)).toEqual([])
    const explained = await given.router.explain(answer.decision.id)
    expect(explained.decision).toEqual(answer.decision)
    expect(explained.sentence).toContain(
      "(2 candidates, the request's dial between quality, 0, and price, 1, at 1)",
    )
    const next = await ask(given, {})
    expect(next.answer.decision.modelId).toBe('fake/dear')
    expect(next.answer.decision.costQuality).toBeUndefined()
    expect(next.parts[0]).not.toHaveProperty('costQuality')
    expect(await given.router.decide({ ...hello, model: 'auto', costQuality: 1 })).toMatchObject({
      modelId: 'fake/cheap',
      costQuality: 1,
    })
  })

  it('rules a preset that chooses the best, whatever the agent’s strategy is', async () => {
    const given = await made({ strategy: undefined })
    const { answer, parts } = await ask(given, { model: 'preset:best', costQuality: 0.9 })
    expect(answer.decision).toMatchObject({
      modelId: 'fake/cheap',
      costQuality: 0.9,
      strategy: { name: 'best-value' },
    })
    expect(warned(parts)).toEqual([])
    const without = await ask(given, { model: 'preset:best' })
    expect(without.answer.decision).toMatchObject({ modelId: 'fake/dear' })
    expect(without.answer.decision.strategy.name).toBe('weighted')
  })

  it.each([
    {
      where: 'the strategy has none',
      options: { strategy: undefined },
      words: 'weighted, has no dial',
    },
    {
      where: 'the preset has none',
      changes: { model: 'preset:cheap' },
      words: 'cheapest, has no dial',
    },
    {
      where: 'the model is named',
      changes: { model: 'fake/dear' },
      words: 'not chosen by the router',
    },
    {
      where: 'the default model answers',
      options: { defaultModel: 'fake/dear' },
      changes: { model: undefined },
      words: 'not chosen by the router',
    },
  ])('is passed over with a note where $where', async ({ options = {}, changes = {}, words }) => {
    const given = await made(options)
    const { answer, parts } = await ask(given, { ...changes, costQuality: 0.25 })
    expect(warned(parts)).toEqual([
      { type: 'warning', code: 'cost-quality-ignored', message: expect.stringContaining(words) },
    ])
    const { decision } = await given.router.explain(answer.decision.id)
    expect(decision).toMatchObject({ ignoredCostQuality: 0.25 })
    expect(decision.costQuality).toBeUndefined()
    const { parts: plain } = await ask(given, changes)
    expect(warned(plain)).toEqual([])
  })

  it.each([-0.1, 1.1, Number.NaN, '0.5'])('%s is refused', async (costQuality) => {
    const { router } = await made()
    const asked = { ...hello, costQuality: costQuality as number }
    await expect(router.decide(asked)).rejects.toMatchObject({
      code: 'invalid-request',
      field: 'costQuality',
    })
  })
})

describe('a decision under the dial of a request', () => {
  it('is evaluated with that dial: what a request brings, every strategy is asked with', async () => {
    const given = await made()
    for (const costQuality of [undefined, 1, 0]) {
      const { answer } = await ask(given, { costQuality })
      await given.router.feedback({
        messageId: answer.messageId,
        userId: 'u1',
        rating: costQuality === 1 ? 0.2 : 1,
      })
    }
    // The same strategy with a dial of its own, which counts only where the request brings none.
    const strategies = [adaptive({ epsilon: 0, exploration: 0, costQuality: 0.01 })]
    const [report] = await given.router.evaluate({ strategies, draws: 4 })
    expect(report?.counts).toMatchObject({ rated: 3, used: 3 })
    expect(report?.diagnostics.effectiveSampleSize).toBeCloseTo(3)
  })
})
