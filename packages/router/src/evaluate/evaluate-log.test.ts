import type { Strategy } from '@imrs/core'
import { describe, expect, it } from 'vitest'

import { hello, makeRouter, read } from '../__fixtures__/make-router.ts'
import type { Router } from '../router.ts'
import { priority } from '../strategies/priority.ts'
import { topRows } from '../strategies/top-rows.ts'
import { weighted } from '../strategies/weighted.ts'

/** Either model by a coin: a log that can judge any strategy. */
const coin: Strategy = {
  specVersion: 'v1',
  name: 'coin',
  version: '1',
  rank: ({ table, rows, limit, random }) => ({
    ...topRows({ table, rows, limit, scores: Float64Array.from(rows, random) }),
    propensity: 1 / rows.length,
  }),
}

const cheapest: Strategy = {
  specVersion: 'v1',
  name: 'cheapest',
  version: '1',
  rank: ({ table, rows, limit }) => ({
    // All alike: the price decides.
    ...topRows({ table, rows, limit, scores: new Float64Array(rows.length) }),
    propensity: 1,
  }),
}

const providers = [
  {
    models: [
      { externalId: 'good', pricing: { input: '2', output: '2' } },
      { externalId: 'poor', pricing: { input: '1', output: '1' } },
    ],
  },
]

/** Answers requests; the good model is liked always, the other one every fourth time. */
async function answered(router: Router, count: number, agentId = 'default'): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const answer = await router.chat({ ...hello, agentId, model: 'auto' })
    await read(answer)
    const isLiked = answer.decision.modelId === 'fake/good' || index % 4 === 0
    const { messageId } = answer
    await router.feedback({ messageId, userId: 'u1', rating: isLiked ? 1 : 0 })
  }
}

describe('router.evaluate', () => {
  it('says what other strategies would have earned, from what was stored', async () => {
    // More than one page of the log.
    const { router } = await makeRouter({ strategy: coin, providers })
    await answered(router, 620)
    const strategies = [weighted(), cheapest, coin]
    const reports = await router.evaluate({ strategies })
    const [learned, cheap, own] = reports.map(({ value }) => value?.value ?? Number.NaN)

    expect(reports[0]?.counts).toMatchObject({ rated: 620, eligible: 620, used: 620 })
    expect(learned).toBeGreaterThan(0.95)
    expect(reports[0]?.sentence).toMatch(
      /^Strategy weighted would have earned (0\.9\d|1\.00) \(.+\) against 0\.6\d actually\.$/,
    )
    // The price of the catalogue, as the log has none.
    expect(Math.abs((cheap ?? 0) - 0.25)).toBeLessThan(0.08)
    expect(own).toBeCloseTo(reports[2]?.actual?.value ?? 0, 6)
  })

  it('goes by agent and period', async () => {
    const { router, runtime } = await makeRouter({ strategy: coin, providers })
    await answered(router, 3)
    await runtime.advance(60_000)
    const fromMs = runtime.now()
    await answered(router, 4)
    await answered(router, 5, 'other')
    const rated = async (query: object) =>
      (await router.evaluate({ strategies: [priority()], ...query }))[0]?.counts.rated
    expect(await rated({})).toBe(12)
    expect(await rated({ agentId: 'other' })).toBe(5)
    expect(await rated({ fromMs })).toBe(9)
    expect(await rated({ agentId: 'default', toMs: fromMs })).toBe(3)
    expect(await rated({ tenantId: 'nobody' })).toBe(0)
  })

  it('leaves out what was not the router’s choice, and says how much that is', async () => {
    const { router } = await makeRouter({ strategy: coin, providers })
    const answer = await router.chat({ ...hello, model: 'fake/poor' })
    await read(answer)
    await router.feedback({ messageId: answer.messageId, userId: 'u1', rating: 1 })
    const [report] = await router.evaluate({ strategies: [priority()] })
    expect(report?.counts.notEligible).toEqual({ 'explicit-choice': 1 })
    expect(report?.refused?.kind).toBe('no-decisions')
  })

  it.each([
    [{ strategies: [] }, 'strategies'],
    [{ strategies: [priority()], fromMs: Number.NaN }, 'fromMs'],
    [{ strategies: [priority()], toMs: -1 }, 'toMs'],
    [{ strategies: [priority()], tenantId: '' }, 'tenantId'],
    [{ strategies: [priority()], agentId: '' }, 'agentId'],
  ])('refuses %j by the name of the field', async (query, field) => {
    const { router } = await makeRouter({ providers })
    await expect(router.evaluate(query)).rejects.toMatchObject({ code: 'invalid-request', field })
  })

  it('is refused by a closed router, and stops when it is told to', async () => {
    const { router } = await makeRouter({ strategy: coin, providers })
    await answered(router, 2)
    const signal = AbortSignal.abort('enough')
    const query = { strategies: [priority()] }
    await expect(router.evaluate(query, { signal })).rejects.toBe('enough')
    await router.close()
    await expect(router.evaluate(query)).rejects.toMatchObject({ code: 'closed' })
  })
})
