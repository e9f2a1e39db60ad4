import type { CatalogNews } from '@imrs/react'

import { countOf } from '../ui/format.ts'

/** What happened on a day, drawn into charts over time. */
export interface Marker {
  readonly day: string
  readonly text: string
}

const NAMED = 2

/** One marker a day for prices, new models, removals and deprecations. */
export function markersOf(events: readonly CatalogNews[]): readonly Marker[] {
  const byDay = Map.groupBy(events.filter(isNews), ({ at }) => at.slice(0, 10))
  return [...byDay].flatMap(([day, own]) => {
    const parts = [
      partOf(own, 'price-changed', 'price change'),
      partOf(own, 'model-added', 'new model'),
      partOf(own, 'model-removed', 'removed model'),
      partOf(own, 'model-deprecated', 'deprecation'),
    ].filter((part) => part !== undefined)
    return parts.length === 0 ? [] : [{ day, text: parts.join('; ') }]
  })
}

/** A price that is only written another way, `0.5` for `0.50`, is the same price. */
function isNews(event: CatalogNews): boolean {
  if (event.type !== 'price-changed') return true
  const { from, to } = event
  const prices = ['input', 'output', 'cachedInput', 'cacheWrite', 'reasoning', 'request'] as const
  return prices.some((name) => Number(from[name]) !== Number(to[name]) && from[name] !== to[name])
}

function partOf(
  events: readonly CatalogNews[],
  type: CatalogNews['type'],
  noun: string,
): string | undefined {
  const names = events.flatMap((event) =>
    event.type === type && 'modelId' in event ? [event.modelId] : [],
  )
  if (names.length === 0) return undefined
  const named = names.length <= NAMED ? `: ${names.join(', ')}` : ''
  return `${countOf(names.length, noun)}${named}`
}
