import type { FailureKind, HealthStatus, ProviderHealth, RouterEventOf } from '@imrs/core'

import type { Emitter } from '../events/emitter.ts'
import { LabelBounds } from './label-bounds.ts'
import type { LabelLimits } from './label-bounds.ts'
import type { MetricFamily } from './metric-family.ts'
import { createRouterSeries } from './router-series.ts'
import type { RouterSeries } from './router-series.ts'

type Counted<Type extends Parameters<Emitter['onAtOnce']>[0]> = RouterEventOf<Type>

/** What is believed of providers now. */
export interface HealthSource {
  list(): readonly ProviderHealth[]
}

const NANO = 1e9
const UP: Readonly<Record<HealthStatus, number>> = { healthy: 1, degraded: 1, down: 0 }

/** Counts what the router tells, while it tells it: additions and nothing else. */
export class RouterMetrics {
  readonly series: RouterSeries = createRouterSeries()
  readonly #bounds: LabelBounds
  #health: HealthSource | undefined

  constructor(limits: LabelLimits) {
    this.#bounds = new LabelBounds(limits)
  }

  /** From now on figures say which providers are up. */
  watch(health: HealthSource): void {
    this.#health = health
  }

  listen({ onAtOnce }: Pick<Emitter, 'onAtOnce'>): void {
    const { series } = this
    const { provider } = this.#bounds
    onAtOnce('attempt-ended', (event) => this.#attemptEnded(event))
    onAtOnce('answer-ended', ({ outcome, totalMs }) => {
      series.answers.add(1, outcome)
      series.answerTimes.add(totalMs, outcome)
    })
    onAtOnce('decision-made', ({ source }) => series.decisions.add(1, source))
    onAtOnce('request-refused', ({ code }) => series.refusals.add(1, code))
    onAtOnce('model-list-read', ({ providerId, outcome, durationMs }) =>
      series.listTimes.add(durationMs, provider(providerId), outcome),
    )
    onAtOnce('health-checked', ({ providerId, outcome, durationMs }) =>
      series.healthTimes.add(durationMs, provider(providerId), outcome),
    )
    onAtOnce('cache-read', ({ cache, result }) => series.cacheReads.add(1, cache, result))
    onAtOnce('picker-measured', ({ measure, durationMs }) =>
      series.pickerTimes.add(durationMs, measure),
    )
    onAtOnce('selection-changed', () => series.selections.add(1))
    onAtOnce('alert-raised', ({ alert }) => series.alerts.add(1, alert))
    onAtOnce('internal-failed', ({ part }) => series.internal.add(1, part))
  }

  families(): readonly MetricFamily[] {
    const { cacheReads } = this.series
    const caches = [...new Set(cacheReads.entries().map(({ labels }) => labels[0] ?? ''))]
    const ratios = caches.map((cache) => {
      const hits = cacheReads.valueOf(cache, 'hit')
      return { labels: { cache }, value: hits / (hits + cacheReads.valueOf(cache, 'miss')) }
    })
    const hitRatio = { name: 'imrs_cache_hit_ratio', help: 'Hits among reads, since the start.' }
    return [
      ...Object.values(this.series).map((series) => series.family()),
      { ...hitRatio, type: 'gauge', samples: ratios },
      this.#providersUp(),
    ]
  }

  #attemptEnded(event: Counted<'attempt-ended'>): void {
    const { series } = this
    const provider = this.#bounds.provider(event.providerId)
    const model = this.#bounds.model(event.modelId)
    series.attempts.add(1, provider, model, event.outcome)
    series.attemptTimes.add(event.totalMs, provider)
    if (event.outcome === 'failed') {
      series.failures.add(1, provider, event.failureKind ?? ('unknown' satisfies FailureKind))
    }
    if (event.firstPartMs !== undefined) series.firstPartTimes.add(event.firstPartMs, provider)
    if (event.inputTokens !== undefined)
      series.tokens.add(event.inputTokens, provider, model, 'input')
    if (event.outputTokens !== undefined) {
      series.tokens.add(event.outputTokens, provider, model, 'output')
    }
    if (event.costNanoUsd !== undefined) series.cost.add(event.costNanoUsd / NANO, provider, model)
  }

  #providersUp(): MetricFamily {
    const up = new Map<string, number>()
    for (const { providerId, status } of this.#health?.list() ?? []) {
      const provider = this.#bounds.provider(providerId)
      up.set(provider, Math.min(up.get(provider) ?? 1, UP[status]))
    }
    return {
      name: 'imrs_provider_up',
      help: '0 for a provider that counts as down, else 1; of `other`, the worst.',
      type: 'gauge',
      samples: Array.from(up, ([provider, value]) => ({ labels: { provider }, value })),
    }
  }
}
