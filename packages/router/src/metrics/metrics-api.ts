import type { CacheName, FailureKind, PickerMeasure } from '@imrs/core'

import type { MetricFamily } from './metric-family.ts'
import type { DurationSummary } from './series.ts'

/** How long something took with one provider, and how it went. */
export interface ProviderDurations extends DurationSummary {
  /** `other`: those beyond the bound. */
  readonly providerId: string
  readonly outcome: 'ok' | 'failed'
}

export interface CacheHits {
  readonly cache: CacheName
  readonly hits: number
  readonly misses: number
  /** 0 to 1. */
  readonly ratio: number
}

export interface PickerDurations extends DurationSummary {
  readonly measure: PickerMeasure
}

/** How calls to one provider ended. */
export interface ProviderErrors {
  readonly providerId: string
  readonly completed: number
  readonly failed: number
  /** Ended by us or the reader: neither good nor bad. */
  readonly aborted: number
  /** Failed ones among those that completed or failed, 0 to 1; absent when there is none of either. */
  readonly rate?: number | undefined
  readonly kinds: Readonly<Partial<Record<FailureKind, number>>>
}

/** What this process saw since its router was made. */
export interface MetricsSnapshot {
  readonly atMs: number
  /** How long lists took to read, by provider. */
  readonly fetchLatency: readonly ProviderDurations[]
  /** Caches that were asked. */
  readonly cacheHitRatio: readonly CacheHits[]
  /** How long providers took to say how they are. */
  readonly healthCheckTime: readonly ProviderDurations[]
  /** As browsers told it; not checked. */
  readonly pickerPerformance: readonly PickerDurations[]
  readonly errorRates: readonly ProviderErrors[]
  /** All of it and more, as {@link toPrometheusText} takes it. */
  readonly families: readonly MetricFamily[]
}

export interface MeasuredPicker {
  readonly measure: PickerMeasure
  /** 0 to 600,000. */
  readonly durationMs: number
}

/** The figures of this process. Counting costs a few additions for each call. */
export interface MetricsApi {
  snapshot(): MetricsSnapshot
  /**
   * Takes what a browser measured of its model picker; also told as `picker-measured`.
   *
   * @throws ImrsError `invalid-request`.
   */
  pickerMeasured(measured: MeasuredPicker): void
}
