import { context } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import type { MetricData } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { onTestFinished } from 'vitest'

/** The real SDK, exporting to memory. */
export interface MemorySdk {
  readonly tracerProvider: TracerProvider
  readonly meterProvider: MeterProvider
  /** Spans that ended, in the order they did. */
  readonly spans: () => readonly ReadableSpan[]
  /** Everything measured so far, by name. */
  readonly metrics: () => Promise<ReadonlyMap<string, MetricData>>
}

/** Also makes contexts follow asynchronous work, for as long as the test runs. */
export function memorySdk(): MemorySdk {
  const spans = new InMemorySpanExporter()
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  onTestFinished(async () => {
    context.disable()
    await tracerProvider.shutdown()
    await meterProvider.shutdown()
  })
  return {
    tracerProvider,
    meterProvider,
    spans: () => spans.getFinishedSpans(),
    metrics: async () => {
      exporter.reset()
      await meterProvider.forceFlush()
      const data = exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
      return new Map(
        data.flatMap(({ metrics }) => metrics.map((metric) => [metric.descriptor.name, metric])),
      )
    },
  }
}

/** The sum and the count of a histogram's points with these attributes. */
export function pointOf(
  metric: MetricData | undefined,
  attributes: Readonly<Record<string, string>> = {},
): { readonly sum: number; readonly count: number } {
  const total = { sum: 0, count: 0 }
  for (const { attributes: given, value } of metric?.dataPoints ?? []) {
    if (!Object.entries(attributes).every(([name, wanted]) => given[name] === wanted)) continue
    const point = typeof value === 'number' ? { sum: value, count: 1 } : value
    total.sum += 'sum' in point ? (point.sum ?? 0) : 0
    total.count += point.count
  }
  return total
}
