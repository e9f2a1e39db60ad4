import type { Attempt, FinishReason } from '@imrs/core'
import type { Attributes, Context, Span } from '@opentelemetry/api'
import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api'

import type { CallObserver, ObservedCall } from '../observe/request-observer.ts'
import { callAttributes, callNames, endAttributes, errorTypeOf } from './attributes.ts'
import { measureCall } from './instruments.ts'
import { quietly } from './quietly.ts'
import type { TelemetryKit } from './telemetry-kit.ts'

/** The span of one call to a model, below the one of its request. */
export class CallSpan implements CallObserver {
  readonly #kit: TelemetryKit
  readonly #span: Span
  readonly #context: Context
  readonly #names: Attributes
  readonly #isStream: boolean

  constructor(kit: TelemetryKit, observed: ObservedCall, parent: Context) {
    const { call } = observed
    this.#kit = kit
    this.#names = callNames(observed, kit.conventions)
    this.#isStream = call.stream
    const attributes = callAttributes(observed, kit.conventions)
    const name = `chat ${call.externalId}`
    this.#span = kit.tracer().startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent)
    this.#context = trace.setSpan(parent, this.#span)
  }

  within<Result>(work: () => Result): Result {
    return context.with(this.#context, work)
  }

  ended(attempt: Attempt, finishReason: FinishReason | undefined): void {
    quietly(() => {
      const errorType = errorTypeOf(attempt)
      this.#span.setAttributes(endAttributes(attempt, finishReason, this.#kit.conventions))
      // The kind alone: messages of providers may quote what they were sent.
      if (errorType !== undefined) {
        this.#span.setStatus({ code: SpanStatusCode.ERROR, message: errorType })
      }
      this.#span.end()
      const { instruments } = this.#kit
      measureCall(instruments, { attempt, names: this.#names, isStream: this.#isStream })
    })
  }
}
