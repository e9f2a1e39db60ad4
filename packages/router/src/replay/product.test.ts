import { expect, it } from 'vitest'

import { drawnOutcomes } from './__fixtures__/outcomes.ts'
import { playBoth } from './__fixtures__/product-contract.ts'
import { realOutcomes, whyNoOutcomes } from './__fixtures__/real-outcomes.ts'

const MADE = drawnOutcomes(
  {
    code: { small: 0.35, middling: 0.5, large: 0.85 },
    recipes: { small: 0.45, middling: 0.8, large: 0.5 },
    poems: { small: 0.75, middling: 0.4, large: 0.45 },
  },
  600,
)

it('learns over HTTP what the replay of the same stream learns; a short form: 600 made requests', async () => {
  const { product, replay, limits, random } = await playBoth(MADE, { runs: 1 })
  expect(product.differences).toBe(0)
  expect(product.mean).toBeGreaterThan(limits.low)
  expect(product.mean).toBeLessThan(limits.high)
  // It was learning that was compared.
  expect(replay.lastQuarter).toBeGreaterThan(random + 0.1)
  expect(product.lastQuarter).toBeGreaterThan(random + 0.1)
  expect(product.ratings).toBe(600)
}, 120_000)

it.skipIf(realOutcomes === undefined)(
  `the same with 800 real requests, a short form${whyNoOutcomes}`,
  async () => {
    const set = await realOutcomes?.()
    if (set === undefined) return
    const { product, limits, random } = await playBoth(set, { runs: 1, limit: 800 })
    expect(product.differences).toBe(0)
    expect(product.mean).toBeGreaterThan(limits.low)
    expect(product.mean).toBeLessThan(limits.high)
    expect(product.mean).toBeGreaterThan(random + 0.05)
    expect(product.ratings).toBe(800)
  },
  120_000,
)
