import type { CatalogueEventWire } from '../api/wire.ts'

/** What happened to a model, in a few words. */
export function newsText(event: CatalogueEventWire): string {
  switch (event.type) {
    case 'model-added':
      return 'added'
    case 'model-removed':
      return 'no longer listed'
    case 'model-updated':
      return `changed: ${event.fields.map(fieldText).join(', ')}`
    case 'model-deprecated':
      return event.successorId === undefined
        ? 'deprecated'
        : `deprecated; its successor is ${event.successorId}`
    case 'price-changed':
      return pricesText(event)
  }
}

/** `releasedAtMs` as `released`, `maxOutputTokens` as `max output tokens`. */
function fieldText(name: string): string {
  return name.replace(/AtMs$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

type PriceChange = Extract<CatalogueEventWire, { readonly type: 'price-changed' }>

const PRICES = {
  input: 'in',
  output: 'out',
  cachedInput: 'cached in',
  cacheWrite: 'cache write',
  reasoning: 'reasoning',
  request: 'per request',
} as const
type PriceName = keyof typeof PRICES
const PRICE_NAMES = Object.keys(PRICES) as PriceName[]

/** `0.5` for `0.50` is the same price. */
export function isSamePrice(change: PriceChange): boolean {
  return changedPrices(change).length === 0
}

function changedPrices({ from, to }: PriceChange): readonly PriceName[] {
  return PRICE_NAMES.filter(
    (name) => from[name] !== to[name] && Number(from[name]) !== Number(to[name]),
  )
}

/** `price per million: in $0.2 to $0.09, out $0.6 to $0.29`. */
function pricesText(change: PriceChange): string {
  const { from, to } = change
  const changed = changedPrices(change)
  if (changed.length === 0) return 'price written another way'
  const text = (price: string | undefined): string =>
    price === undefined ? 'unknown' : `$${price}`
  const parts = changed.map((name) => `${PRICES[name]} ${text(from[name])} to ${text(to[name])}`)
  return `price per million: ${parts.join(', ')}`
}
