import { expect, it } from 'vitest'

import { playBoth } from './__fixtures__/product-contract.ts'
import { realOutcomes, whyNoOutcomes } from './__fixtures__/real-outcomes.ts'

it.skipIf(realOutcomes === undefined)(
  `three whole streams of real outcomes over HTTP earn what their replay earns${whyNoOutcomes}`,
  async () => {
    const set = await realOutcomes?.()
    if (set === undefined) return
    const { product, replay, limits } = await playBoth(set, { runs: 3 })
    const figures = { product, replay, limits }
    process.stdout.write(`${JSON.stringify(figures)}\n`)
    // Sums in another order may break a tie in another way.
    expect(product.differences).toBeLessThan(0.01 * 3 * set.size)
    expect(product.mean).toBeGreaterThan(limits.low)
    expect(product.mean).toBeLessThan(limits.high)
    expect(product.lastQuarter).toBeGreaterThan(0.62)
    expect(product.ratings).toBe(3 * set.size)
  },
)
