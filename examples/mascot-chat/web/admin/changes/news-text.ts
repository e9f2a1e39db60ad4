import type { CatalogueEventWire } from '../api/wire.ts'
import { wordsOf } from '../ui/format.ts'

/** What happened to a model, in a few words. */
export function newsText(event: CatalogueEventWire): string {
  switch (event.type) {
    case 'model-added':
      return 'added'
    case 'model-removed':
      return 'no longer listed'
    case 'model-updated':
      return `changed: ${event.fields.map(wordsOf).join(', ')}`
    case 'model-deprecated':
      return event.successorId === undefined
        ? 'deprecated'
        : `deprecated; its successor is ${event.successorId}`
    case 'price-changed':
      return `price per million: ${pricesText(event.from)} to ${pricesText(event.to)}`
  }
}

type Prices = Extract<CatalogueEventWire, { readonly type: 'price-changed' }>['from']

function pricesText({ input, output }: Prices): string {
  const text = (price: string | undefined): string =>
    price === undefined ? 'unknown' : `$${price}`
  return `${text(input)} in and ${text(output)} out`
}
