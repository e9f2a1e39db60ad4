import type { Runtime } from '@imrs/core'
import { context, isSpanContextValid, trace } from '@opentelemetry/api'

/**
 * Sends `traceparent` with requests that are made within a call's span. Not what else a propagator would
 * send: baggage may hold anything, and providers are strangers.
 */
export function withTraceParent(fetch: Runtime['fetch']): Runtime['fetch'] {
  return (input, init) => {
    const header = traceParent()
    if (header === undefined) return fetch(input, init)
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}))
    headers.set('traceparent', header)
    return fetch(input, { ...init, headers })
  }
}

function traceParent(): string | undefined {
  const span = trace.getSpanContext(context.active())
  if (span === undefined || !isSpanContextValid(span)) return undefined
  const flags = span.traceFlags.toString(16).padStart(2, '0')
  return `00-${span.traceId}-${span.spanId}-${flags}`
}
