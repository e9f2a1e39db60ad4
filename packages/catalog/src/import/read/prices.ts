import type { DecimalText, ModelPricing } from '@imrs/core'
import { perMillionFromPerToken } from '@imrs/core'

import type { Fields } from './fields.ts'
import { pick } from './fields.ts'

/** What prices from an import say they come from. */
const PRICE_SOURCE = 'import'

const MAX_WHOLE_DIGITS = 12
const MAX_SHIFT = 30
const NUMBER = /^(\d{1,12})(?:\.(\d{1,30}))?(?:e([+-]?\d{1,2}))?$/i

/** Under which names a source keeps each price. */
export interface PriceNames {
  readonly perMillion: Readonly<Partial<Record<PriceName, readonly string[]>>>
  readonly perToken: Readonly<Partial<Record<PriceName, readonly string[]>>>
}

type PriceName = 'input' | 'output' | 'cachedInput' | 'cacheWrite' | 'reasoning'

const PRICES: readonly PriceName[] = ['input', 'output', 'cachedInput', 'cacheWrite', 'reasoning']

/** The prices that can be read; `undefined` when there is none. A negative one is unknown. */
export function readPricing(fields: Fields, names: PriceNames): ModelPricing | undefined {
  const prices: Partial<Record<PriceName, DecimalText>> = {}
  for (const price of PRICES) {
    const text = readPrice(fields, price, names)
    if (text !== undefined) prices[price] = text
  }
  return Object.keys(prices).length === 0 ? undefined : { ...prices, source: PRICE_SOURCE }
}

function readPrice(fields: Fields, price: PriceName, names: PriceNames): DecimalText | undefined {
  const perMillion = toDecimalText(pick(fields, ...(names.perMillion[price] ?? [])))
  if (perMillion !== undefined) return perMillion
  const perToken = toDecimalText(pick(fields, ...(names.perToken[price] ?? [])))
  return perToken === undefined ? undefined : perMillionFromPerToken(perToken)
}

/** `1.5e-7` → `0.00000015`, without rounding. `undefined` for what is no number of 0 or more. */
export function toDecimalText(value: unknown): DecimalText | undefined {
  const text = typeof value === 'number' ? String(value) : value
  const match = typeof text === 'string' ? NUMBER.exec(text.trim().replace(/^\$/, '')) : null
  if (match === null) return undefined
  const [, whole = '0', fraction = '', exponent = '0'] = match
  return shifted(whole, fraction, Number(exponent))
}

function shifted(whole: string, fraction: string, exponent: number): DecimalText | undefined {
  const digits = whole + fraction
  const point = whole.length + exponent
  if (point > MAX_WHOLE_DIGITS || point < -MAX_SHIFT) return undefined
  if (point <= 0) return trimmed('0', '0'.repeat(-point) + digits)
  return trimmed(digits.slice(0, point).padEnd(point, '0'), digits.slice(point))
}

function trimmed(whole: string, fraction: string): DecimalText {
  const integer = whole.replace(/^0+(?=\d)/, '')
  const rest = fraction.replace(/0+$/, '')
  return rest === '' ? integer : `${integer}.${rest}`
}
