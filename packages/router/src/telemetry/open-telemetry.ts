import { metrics, trace } from '@opentelemetry/api'

import type { RequestObserver, RouterTelemetry } from '../observe/request-observer.ts'
import { createInstruments } from './instruments.ts'
import { measureEvents } from './measure-events.ts'
import { quietly } from './quietly.ts'
import { RequestSpan } from './request-span.ts'
import type { TelemetryKit } from './telemetry-kit.ts'
import { resolveTelemetry } from './telemetry-options.ts'
import type { OpenTelemetryOptions } from './telemetry-options.ts'
import { withTraceParent } from './trace-parent.ts'

const SCOPE = '@imrs/router'

/** Stands in for a request whose span could not be made. */
const UNSEEN: RequestObserver = Object.freeze({
  decided: () => {},
  refused: () => {},
  callBegan: () => ({ within: <Result>(work: () => Result) => work(), ended: () => {} }),
  partGiven: () => {},
  ended: () => {},
})

/**
 * Spans and metrics of a router by OpenTelemetry's conventions for generative AI:
 * `createRouter({ telemetry: openTelemetry() })`. Never keys; texts only with `captureContent`; never
 * breaks a request. One value serves any number of routers.
 *
 * @throws ConfigError that names the option that is wrong.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): RouterTelemetry {
  const resolved = resolveTelemetry(options)
  const { tracerProvider, meterProvider = metrics.getMeterProvider() } = options
  const kit: TelemetryKit = {
    ...resolved,
    tracer: () => (tracerProvider ?? trace.getTracerProvider()).getTracer(SCOPE),
    instruments: createInstruments(meterProvider.getMeter(SCOPE), resolved.conventions),
  }
  return Object.freeze({
    requestBegan: (request) => quietly(() => new RequestSpan(kit, request)) ?? UNSEEN,
    listen: (on) => measureEvents(on, kit.instruments),
    ...(options.propagate === true ? { wrapFetch: withTraceParent } : {}),
  } satisfies RouterTelemetry)
}
