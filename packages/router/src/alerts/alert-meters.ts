import type { AlertSubject, AttemptEndedEvent, ProviderHealth } from '@imrs/core'
import { FAILURE_RULES } from '@imrs/core'

import type { Emitter } from '../events/emitter.ts'
import type { ResolvedAlertOptions, ResolvedAlertRule } from './alert-options.ts'
import { RateWindow } from './rate-window.ts'
import { UsageBaseline } from './usage-baseline.ts'

/** Tenants, models and providers that are watched one by one, of each. */
const MAX_WATCHED = 500
/** Caches that are missed seldom when all is well. */
const STEADY_CACHES = ['lists', 'snapshots'] as const

/** What is measured of one subject. */
export interface Measured {
  readonly subject: AlertSubject
  /** `undefined`: too little is known. */
  readonly value: number | undefined
}

/** Measures what one alert is about. */
export interface AlertMeter {
  readonly rule: ResolvedAlertRule
  measure(): readonly Measured[]
}

export interface AlertMetersOptions {
  readonly options: ResolvedAlertOptions
  readonly onAtOnce: Emitter['onAtOnce']
  readonly health: () => readonly ProviderHealth[]
  /** Milliseconds that never go back. */
  readonly monotonic: () => number
}

/** Something kept for each of at most so many ids; those that come later go without. */
class Watched<Value> {
  readonly #values = new Map<string, Value>()
  readonly #make: () => Value

  constructor(make: () => Value) {
    this.#make = make
  }

  of(id: string): Value | undefined {
    const known = this.#values.get(id)
    if (known !== undefined || this.#values.size >= MAX_WATCHED) return known
    const made = this.#make()
    this.#values.set(id, made)
    return made
  }

  /** All of them, without those that can be dropped. */
  live(isOver: (value: Value) => boolean): readonly (readonly [string, Value])[] {
    for (const [id, value] of this.#values) if (isOver(value)) this.#values.delete(id)
    return [...this.#values]
  }
}

export function providerDownMeter(
  rule: ResolvedAlertRule,
  { health }: AlertMetersOptions,
): AlertMeter {
  const values = { healthy: 0, degraded: 0.5, down: 1 }
  return {
    rule,
    measure: () =>
      health().map(({ providerId, status }) => ({
        subject: { kind: 'provider', id: providerId },
        value: values[status],
      })),
  }
}

export function errorRateMeter(
  rule: ResolvedAlertRule,
  { onAtOnce, monotonic }: AlertMetersOptions,
): AlertMeter {
  const providers = new Watched(() => new RateWindow(rule.windowMs))
  const answers = new RateWindow(rule.windowMs)
  onAtOnce('attempt-ended', (event) => {
    if (saysSomething(event)) {
      providers.of(event.providerId)?.add(event.outcome === 'failed', monotonic())
    }
  })
  onAtOnce('answer-ended', (event) => {
    if (saysSomething(event)) answers.add(event.outcome === 'failed', monotonic())
  })
  return {
    rule,
    measure: () => {
      const now = monotonic()
      const { minCount } = rule
      const live = providers.live((window) => window.isEmpty(now))
      return [
        { subject: { kind: 'answers' }, value: answers.share(minCount, now) },
        ...live.map(([id, window]): Measured => ({
          subject: { kind: 'provider', id },
          value: window.share(minCount, now),
        })),
      ]
    },
  }
}

/** What was stopped, and what the request itself was the cause of, is nobody's failure. */
function saysSomething({
  outcome,
  failureKind,
}: Pick<AttemptEndedEvent, 'failureKind'> & { readonly outcome: string }): boolean {
  if (outcome === 'aborted') return false
  if (outcome !== 'failed' || failureKind === undefined) return true
  const { countsAgainstHealth, coolDown } = FAILURE_RULES[failureKind]
  return countsAgainstHealth || coolDown !== undefined
}

export function cacheMeter(
  rule: ResolvedAlertRule,
  { onAtOnce, monotonic }: AlertMetersOptions,
): AlertMeter {
  const windows = new Map<string, RateWindow>(
    STEADY_CACHES.map((cache) => [cache, new RateWindow(rule.windowMs)]),
  )
  onAtOnce('cache-read', ({ cache, result }) => {
    windows.get(cache)?.add(result === 'miss', monotonic())
  })
  return {
    rule,
    measure: () =>
      Array.from(windows, ([id, window]) => ({
        subject: { kind: 'cache', id },
        value: window.share(rule.minCount, monotonic()),
      })),
  }
}

export function usageMeter(
  rule: ResolvedAlertRule,
  { onAtOnce, monotonic }: AlertMetersOptions,
): AlertMeter {
  const makeBaseline = (): UsageBaseline => new UsageBaseline(rule.windowMs)
  const watched = { tenant: new Watched(makeBaseline), model: new Watched(makeBaseline) }
  onAtOnce('decision-made', ({ tenantId, modelId }) => {
    const now = monotonic()
    watched.tenant.of(tenantId)?.add(now)
    watched.model.of(modelId)?.add(now)
  })
  const least = { minCount: rule.minCount, minPeriods: rule.minWindows }
  return {
    rule,
    measure: () => {
      const now = monotonic()
      return (['tenant', 'model'] as const).flatMap((kind) =>
        watched[kind]
          .live((baseline) => baseline.isForgotten(now))
          .map(([id, baseline]) => ({ subject: { kind, id }, value: baseline.times(least, now) })),
      )
    },
  }
}
