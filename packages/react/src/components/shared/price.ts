import type { ModelInfo } from '@imrs/core'

import { dollars } from './formats.ts'

export type PriceLevel = 'free' | 'low' | 'standard' | 'premium' | 'unknown'

/** What stands for a level next to its name. */
export const PRICE_SIGNS: Readonly<Record<PriceLevel, string>> = {
  free: '$0',
  low: '$',
  standard: '$$',
  premium: '$$$',
  unknown: '?',
}

const MILLION = 1_000_000
/** Dollars per million tokens of the blended price, as the router's own tiers have them. */
const LOW = 1
const STANDARD = 10

/** The level of three prompt tokens to one answer token. An unknown price is not free. */
export function priceLevelOf({ pricing }: Pick<ModelInfo, 'pricing'>): PriceLevel {
  const { input, output } = pricing ?? {}
  if (input === undefined || output === undefined) return 'unknown'
  const blended = ((3 * input + output) / 4) * MILLION
  if (blended === 0) return 'free'
  if (blended <= LOW) return 'low'
  return blended <= STANDARD ? 'standard' : 'premium'
}

/** A price per token as one per million tokens; `undefined` stays so. */
export function perMillion(price: number | undefined, locale: string): string | undefined {
  return price === undefined ? undefined : dollars(price * MILLION, locale)
}
