import type { HealthChangeWire, HealthWire } from '../api/wire.ts'

/** How a provider was; `unknown`: nobody looked, or it is not told. */
export type HealthState = HealthWire['status'] | 'unknown'

/** A time in which a provider was the same. */
export interface HealthSpan {
  readonly state: HealthState
  readonly fromMs: number
  readonly toMs: number
}

export interface TimelineRequest {
  /** Of one provider, the newest first; all since `fromMs`. */
  readonly changes: readonly HealthChangeWire[]
  /** How it is now. Default: it was never looked at. */
  readonly status: HealthWire['status'] | undefined
  readonly fromMs: number
  readonly toMs: number
  /** Before it nothing is known: there was no such provider, or no more was read. */
  readonly knownFromMs: number
}

/** How a provider was, from `fromMs` to `toMs` without gaps, the oldest first. */
export function spansOf(request: TimelineRequest): readonly HealthSpan[] {
  const { changes, status, fromMs, toMs } = request
  const spans: HealthSpan[] = []
  let endMs = toMs
  for (const { at, to } of changes) {
    const atMs = Math.min(endMs, Math.max(fromMs, Date.parse(at)))
    spans.push({ state: to, fromMs: atMs, toMs: endMs })
    endMs = atMs
  }
  const before = changes.at(-1)?.from ?? status ?? 'unknown'
  spans.push({ state: before, fromMs, toMs: endMs })
  return joined(spans.toReversed().flatMap((span) => known(span, request)))
}

function known(span: HealthSpan, { knownFromMs }: TimelineRequest): readonly HealthSpan[] {
  if (span.fromMs >= knownFromMs) return [span]
  if (span.toMs <= knownFromMs) return [{ ...span, state: 'unknown' }]
  return [
    { state: 'unknown', fromMs: span.fromMs, toMs: knownFromMs },
    { ...span, fromMs: knownFromMs },
  ]
}

/** Without what took no time, and with neighbours that are alike as one. */
function joined(spans: readonly HealthSpan[]): readonly HealthSpan[] {
  const all: HealthSpan[] = []
  for (const span of spans) {
    const last = all.at(-1)
    if (span.toMs <= span.fromMs) continue
    if (last?.state === span.state) all[all.length - 1] = { ...last, toMs: span.toMs }
    else all.push(span)
  }
  return all
}

/** The part of the known time that a provider was in a state; `undefined` when nothing is known. */
export function shareOf(spans: readonly HealthSpan[], state: HealthState): number | undefined {
  const timeOf = (those: readonly HealthSpan[]): number =>
    those.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  const all = timeOf(spans.filter((span) => span.state !== 'unknown'))
  return all === 0 ? undefined : timeOf(spans.filter((span) => span.state === state)) / all
}

/** A change, and how long it stayed so. */
export interface LastingChange {
  readonly change: HealthChangeWire
  /** Until the next change of its provider. Default: it lasts. */
  readonly lastedMs: number | undefined
}

/** Changes of any providers, the newest first, each with how long it stayed so. */
export function lastingChanges(changes: readonly HealthChangeWire[]): readonly LastingChange[] {
  const nextMs = new Map<string, number>()
  return changes.map((change) => {
    const atMs = Date.parse(change.at)
    const until = nextMs.get(change.provider_id)
    nextMs.set(change.provider_id, atMs)
    return { change, lastedMs: until === undefined ? undefined : Math.max(0, until - atMs) }
  })
}
