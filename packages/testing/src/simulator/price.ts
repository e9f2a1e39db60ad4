import type { SimulatedUsage } from './behaviour.ts'
import type { SimulatedPrices } from './models.ts'

const DIGITS = 12

/** What usage costs in US dollars at a model's prices; negative prices (routers) cost nothing. */
export function costOf(prices: SimulatedPrices, usage: SimulatedUsage): number {
  const input = price(prices.input)
  const cached = prices.cachedInput === undefined ? input : price(prices.cachedInput)
  const fresh = Math.max(0, usage.inputTokens - usage.cachedInputTokens)
  const cost =
    fresh * input + usage.cachedInputTokens * cached + usage.outputTokens * price(prices.output)
  return Number(cost.toFixed(DIGITS))
}

function price(text: string): number {
  return Math.max(0, Number(text))
}
