import type { CacheName, FailureKind, PickerMeasure, RouterEvent, Runtime } from '@imrs/core'
import { ImrsError, PICKER_MEASURES } from '@imrs/core'

import type {
  CacheHits,
  MeasuredPicker,
  MetricsApi,
  ProviderDurations,
  ProviderErrors,
} from './metrics-api.ts'
import type { RouterMetrics } from './router-metrics.ts'
import type { RouterSeries } from './router-series.ts'
import type { DurationSeries } from './series.ts'

/** Longer than this nobody looks at a picker. */
const MAX_PICKER_MS = 600_000

export interface CreateMetricsOptions {
  readonly metrics: RouterMetrics
  readonly runtime: Pick<Runtime, 'now'>
  readonly emit: (event: RouterEvent) => void
}

export function createMetrics({ metrics, runtime, emit }: CreateMetricsOptions): MetricsApi {
  const { series } = metrics
  return {
    snapshot: () => ({
      atMs: runtime.now(),
      fetchLatency: byProvider(series.listTimes),
      cacheHitRatio: cacheHits(series),
      healthCheckTime: byProvider(series.healthTimes),
      pickerPerformance: series.pickerTimes
        .summaries()
        // Only measures of the list were counted.
        .map(({ labels: [measure], summary }) => ({
          measure: measure as PickerMeasure,
          ...summary,
        })),
      errorRates: errorRates(series),
      families: metrics.families(),
    }),
    pickerMeasured: (measured) => {
      assertMeasured(measured)
      const { measure, durationMs } = measured
      emit({ type: 'picker-measured', atMs: runtime.now(), measure, durationMs })
    },
  }
}

function assertMeasured({ measure, durationMs }: MeasuredPicker): void {
  if (!PICKER_MEASURES.includes(measure)) {
    throw new ImrsError('invalid-request', `\`measure\` must be ${PICKER_MEASURES.join(', ')}.`, {
      field: 'measure',
    })
  }
  if (Number.isFinite(durationMs) && durationMs >= 0 && durationMs <= MAX_PICKER_MS) return
  throw new ImrsError('invalid-request', `\`durationMs\` must be from 0 to ${MAX_PICKER_MS}.`, {
    field: 'durationMs',
  })
}

function byProvider(series: DurationSeries): readonly ProviderDurations[] {
  return series.summaries().map(({ labels: [providerId = '', outcome], summary }) => ({
    providerId,
    outcome: outcome === 'ok' ? 'ok' : 'failed',
    ...summary,
  }))
}

function cacheHits({ cacheReads }: RouterSeries): readonly CacheHits[] {
  const caches = new Set(cacheReads.entries().map(({ labels }) => labels[0] ?? ''))
  return Array.from(caches, (cache) => {
    const [hits, misses] = [cacheReads.valueOf(cache, 'hit'), cacheReads.valueOf(cache, 'miss')]
    // Only caches of the list are counted.
    return { cache: cache as CacheName, hits, misses, ratio: hits / (hits + misses) }
  })
}

function errorRates({ attempts, failures }: RouterSeries): readonly ProviderErrors[] {
  const providers = new Map<string, Record<string, number>>()
  for (const { labels, value } of attempts.entries()) {
    const [providerId = '', , outcome = ''] = labels
    const outcomes = providers.get(providerId) ?? {}
    providers.set(providerId, outcomes)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + value
  }
  return Array.from(providers, ([providerId, outcomes]) => {
    const { completed = 0, failed = 0, aborted = 0 } = outcomes
    const kinds = failures.entries().filter(({ labels }) => labels[0] === providerId)
    return {
      providerId,
      completed,
      failed,
      aborted,
      ...(completed + failed === 0 ? {} : { rate: failed / (completed + failed) }),
      // Only failure kinds are counted.
      kinds: Object.fromEntries(
        kinds.map(({ labels, value }) => [labels[1] as FailureKind, value]),
      ),
    }
  })
}
