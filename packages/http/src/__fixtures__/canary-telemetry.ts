import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { onTestFinished } from 'vitest'

/** OpenTelemetry's own SDK, exporting to memory. */
export interface MemoryTelemetry {
  readonly tracerProvider: TracerProvider
  readonly meterProvider: MeterProvider
  /** All that was exported: `spans` that ended with their events and statuses, and `metrics`. */
  readonly exported: () => Promise<ReadonlyMap<string, string>>
}

/** Shut down at the end of the test. */
export function memoryTelemetry(): MemoryTelemetry {
  const spans = new InMemorySpanExporter()
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] })
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 })
  const meterProvider = new MeterProvider({ readers: [reader] })
  onTestFinished(async () => {
    await tracerProvider.shutdown()
    await meterProvider.shutdown()
  })
  return {
    tracerProvider,
    meterProvider,
    exported: async () => {
      await meterProvider.forceFlush()
      const ended = spans.getFinishedSpans().map(({ name, kind, attributes, events, status, links, resource }) =>
        JSON.stringify({ name, kind, attributes, events, status, links, resource: resource.attributes }),
      )
      const measured = metrics.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
      return new Map([
        ['spans', ended.join('\n')],
        ['metrics', measured.map((each) => JSON.stringify(each)).join('\n')],
      ])
    },
  }
}
