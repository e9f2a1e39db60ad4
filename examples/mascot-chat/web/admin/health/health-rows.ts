import type { StateRow } from '../charts/state-chart.tsx'
import { countOf, durationText, timeShareText, timeText } from '../ui/format.ts'
import type { HealthHistory } from './read-history.ts'
import { shareOf, spansOf } from './timeline.ts'
import type { HealthSpan } from './timeline.ts'

/** How one provider was in a period. */
export interface ProviderTimeline {
  readonly id: string
  readonly name: string
  readonly spans: readonly HealthSpan[]
  readonly changeCount: number
}

/** One a provider, also of those that are gone and were there in the period. */
export function timelinesOf(history: HealthHistory): readonly ProviderTimeline[] {
  const { providers, health, changes, fromMs, toMs, isWholeSinceMs } = history
  const changesOf = Map.groupBy(changes, ({ provider_id: id }) => id)
  const known = new Map(providers.map((provider) => [provider.id, provider]))
  return [...new Set([...known.keys(), ...changesOf.keys()])].map((id) => {
    const own = changesOf.get(id) ?? []
    const provider = known.get(id)
    const bornMs = provider === undefined ? 0 : Date.parse(provider.created_at)
    const spans = spansOf({
      changes: own,
      status: health.find(({ provider_id: each }) => each === id)?.status,
      fromMs,
      toMs,
      knownFromMs: Math.max(bornMs, isWholeSinceMs ?? 0),
    })
    return { id, name: provider?.display_name ?? id, spans, changeCount: own.length }
  })
}

/** Timelines as bars. */
export function barsOf(
  timelines: readonly ProviderTimeline[],
  { fromMs, period }: Pick<HealthHistory, 'fromMs' | 'period'>,
): readonly StateRow[] {
  const place = (atMs: number): number => (atMs - fromMs) / period.lengthMs
  return timelines.map(({ id, name, spans, changeCount }) => ({
    id,
    name,
    note: noteOf(spans, changeCount),
    spans: spans.map((span) => ({
      state: span.state,
      from: place(span.fromMs),
      to: place(span.toMs),
      title: titleOf(span),
    })),
  }))
}

function noteOf(spans: readonly HealthSpan[], changeCount: number): string {
  const healthy = shareOf(spans, 'healthy')
  if (healthy === undefined) return 'not looked at yet'
  const changes = changeCount === 0 ? '' : `, ${countOf(changeCount, 'change')}`
  return `${timeShareText(healthy)} healthy${changes}`
}

function titleOf({ state, fromMs, toMs }: HealthSpan): string {
  const name = state === 'unknown' ? 'not known' : state
  return `${name} for ${durationText(toMs - fromMs)}, from ${timeText(new Date(fromMs).toISOString())}`
}
