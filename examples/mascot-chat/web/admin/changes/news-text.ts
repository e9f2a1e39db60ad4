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
      return isSamePrice(event)
        ? `price written another way: ${pricesText(event.to)}`
        : `price per million: ${pricesText(event.from)} to ${pricesText(event.to)}`
  }
}

/** `releasedAtMs` as `released`, `maxOutputTokens` as `max output tokens`. */
function fieldText(name: string): string {
  return name.replace(/AtMs$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** `0.5` for `0.50` is the same price. */
export function isSamePrice({ from, to }: PriceChange): boolean {
  const prices = ['input', 'output', 'cachedInput', 'cacheWrite', 'reasoning', 'request'] as const
  return prices.every((name) => from[name] === to[name] || Number(from[name]) === Number(to[name]))
}

type PriceChange = Extract<CatalogueEventWire, { readonly type: 'price-changed' }>
type Prices = PriceChange['from']

function pricesText({ input, output }: Prices): string {
  const text = (price: string | undefined): string =>
    price === undefined ? 'unknown' : `$${price}`
  return `${text(input)} in and ${text(output)} out`
}
