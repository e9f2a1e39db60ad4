import type { CatalogueEventWire, DriftAlarmWire } from '../api/wire.ts'
import { isSamePrice } from '../changes/news-text.ts'
import { countOf } from '../ui/format.ts'

/** What happened on a day, drawn into charts over time. */
export interface Marker {
  readonly day: string
  /** `drift`: an alarm of the learning strategy. Each kind has its own shape. */
  readonly kind: 'catalogue' | 'drift'
  readonly text: string
}

const NAMED = 2

/** One marker a day for prices, new models, removals and deprecations. */
export function markersOf(events: readonly CatalogueEventWire[]): readonly Marker[] {
  const byDay = Map.groupBy(events.filter(isNews), ({ at }) => at.slice(0, 10))
  return [...byDay].flatMap(([day, own]) => {
    const parts = [
      partOf(own, 'price-changed', 'price change'),
      partOf(own, 'model-added', 'new model'),
      partOf(own, 'model-removed', 'removed model'),
      partOf(own, 'model-deprecated', 'deprecation'),
    ].filter((part) => part !== undefined)
    return parts.length === 0 ? [] : [{ day, kind: 'catalogue', text: parts.join('; ') }]
  })
}

/** One marker a day for all alarms of it. */
export function driftMarkersOf(drift: readonly DriftAlarmWire[]): readonly Marker[] {
  const byDay = Map.groupBy(drift, ({ at }) => at.slice(0, 10))
  return [...byDay].map(([day, own]) => {
    const texts = own.map((alarm) => `${alarm.model} ${driftText(alarm)}`)
    return { day, kind: 'drift', text: texts.join('; ') }
  })
}

/** What an alarm says of its model: `is rated about 21 points of 100 lower, for mascot`. */
export function driftText({ direction, shift, agent_id: agentId }: DriftAlarmWire): string {
  const points = countOf(Math.round(Math.abs(shift) * 100), 'point')
  return `is rated about ${points} of 100 ${direction === 'worse' ? 'lower' : 'higher'} than before, for ${agentId}`
}

function isNews(event: CatalogueEventWire): boolean {
  return event.type !== 'price-changed' || !isSamePrice(event)
}

function partOf(
  events: readonly CatalogueEventWire[],
  type: CatalogueEventWire['type'],
  noun: string,
): string | undefined {
  const names = events.flatMap((event) => (event.type === type ? [event.modelId] : []))
  if (names.length === 0) return undefined
  const named = names.length <= NAMED ? `: ${names.join(', ')}` : ''
  return `${countOf(names.length, noun)}${named}`
}
