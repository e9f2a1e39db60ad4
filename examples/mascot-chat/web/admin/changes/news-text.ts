import type { CatalogNews } from '@imrs/react'

import { wordsOf } from '../ui/format.ts'

/** What happened, in a few words. */
export function newsText(event: CatalogNews): string {
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
    case 'provider-health-changed':
      return `${event.providerId} is ${event.to}`
  }
}

type Prices = Extract<CatalogNews, { readonly type: 'price-changed' }>['from']

function pricesText({ input, output }: Prices): string {
  const text = (price: string | undefined): string =>
    price === undefined ? 'unknown' : `$${price}`
  return `${text(input)} in and ${text(output)} out`
}
