import { createRouter } from '@imrs/router'
import type { Router, RouterOptions } from '@imrs/router'
import { openTelemetry } from '@imrs/router/telemetry'
import { memorySecrets } from '@imrs/secrets'
import { fakeProvider, memoryStore } from '@imrs/testing/host'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { TracerProvider } from '@opentelemetry/sdk-trace'
import type { SpanProcessor } from '@opentelemetry/sdk-trace'

import type { BenchResult } from './bench-result.ts'
import { quantile } from './chat/quantile.ts'

const ROUNDS = 4000
const WARM_UP = 1000
const TEXT = Array.from({ length: 40 }, (_, index) => `word ${index} `)

/** Takes spans and drops them: what exporting costs is the exporter's. */
const dropping: SpanProcessor = {
  onStart: () => {},
  onEnd: () => {},
  forceFlush: async () => {},
  shutdown: async () => {},
}

/** A request with an answer of 40 parts, in memory, with what watches it off and on, in turns. */
export async function bench(): Promise<BenchResult[]> {
  const sdk = {
    tracerProvider: new TracerProvider({ spanProcessors: [dropping] }),
    meterProvider: new MeterProvider(),
  }
  const modes: Readonly<Record<string, Partial<RouterOptions>>> = {
    off: {},
    'alerts on': { alerts: {} },
    'telemetry on, without an SDK': { telemetry: openTelemetry() },
    'telemetry on, spans and metrics': { telemetry: openTelemetry(sdk) },
    'telemetry on, with texts': { telemetry: openTelemetry({ ...sdk, captureContent: true }) },
  }
  const routers = await Promise.all(
    Object.entries(modes).map(async ([name, options]) => ({
      name,
      router: await openRouter(options),
      samples: [] as number[],
    })),
  )
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const { router, samples } of routers) {
      const elapsedMs = await ask(router)
      if (round >= WARM_UP) samples.push(elapsedMs * 1000)
    }
  }
  await Promise.all(routers.map(({ router }) => router.close()))
  return routers.map(({ name, samples }) => ({
    name: `chat, ${name}`,
    unit: 'µs',
    p50: quantile(samples, 0.5),
    p99: quantile(samples, 0.99),
    samples: ROUNDS,
  }))
}

function openRouter(options: Partial<RouterOptions>): Promise<Router> {
  const usage = { inputTokens: 10, outputTokens: 40 }
  return createRouter({
    store: memoryStore(),
    secrets: memorySecrets(),
    unconfiguredAgents: 'all',
    providers: [
      fakeProvider({ models: ['one'], answer: () => ({ text: TEXT, usage }) }).definition,
    ],
    ...options,
  })
}

async function ask(router: Router): Promise<number> {
  const messages = [{ role: 'user', content: 'Hello' }] as const
  const start = performance.now()
  await (await router.chat({ userId: 'u', messages })).text()
  return performance.now() - start
}
