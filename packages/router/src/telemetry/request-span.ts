import type { AnswerPart, ChatRequest, Decision, ErrorCode } from '@imrs/core'
import { fromNanoUsd } from '@imrs/core'
import type { Attributes, Context, Span } from '@opentelemetry/api'
import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api'

import type {
  CallObserver,
  ObservedCall,
  ObservedEnd,
  RequestObserver,
} from '../observe/request-observer.ts'
import { defined, finishReasonText } from './attributes.ts'
import { CallSpan } from './call-span.ts'
import { OutputMessage, inputMessages } from './content.ts'
import { quietly } from './quietly.ts'
import type { TelemetryKit } from './telemetry-kit.ts'

/** Stands in for a call whose span could not be made. */
const UNSEEN: CallObserver = Object.freeze({
  within: <Result>(work: () => Result): Result => work(),
  ended: () => {},
})

/**
 * The span of one request: from `chat` to the end of its answer, below the span that was active then.
 *
 * It has no tokens and no name of an operation: what adds those up would count every call twice.
 */
export class RequestSpan implements RequestObserver {
  readonly #kit: TelemetryKit
  readonly #request: ChatRequest
  readonly #span: Span
  readonly #context: Context
  readonly #output: OutputMessage | undefined

  constructor(kit: TelemetryKit, request: ChatRequest) {
    const parent = context.active()
    this.#kit = kit
    this.#request = request
    this.#output = kit.captureContent ? new OutputMessage() : undefined
    // What was asked for is text of the caller's until it is known to be a model.
    this.#span = kit.tracer().startSpan('chat', { kind: SpanKind.INTERNAL }, parent)
    this.#context = trace.setSpan(parent, this.#span)
  }

  decided(decision: Decision): void {
    const requested = this.#request.model ?? decision.source
    quietly(() => {
      this.#span.updateName(`chat ${requested}`)
      this.#span.setAttributes(
        defined({
          'gen_ai.request.model': this.#request.model,
          'gen_ai.conversation.id': this.#request.conversationId,
          'imrs.message.id': decision.messageId,
          'imrs.decision.id': decision.id,
          'imrs.decision.source': decision.source,
          'imrs.decision.model': decision.modelId,
          'imrs.tenant.id': decision.tenantId,
          'imrs.agent.id': decision.agentId,
          'imrs.strategy': decision.strategy.name,
          'imrs.task.type': decision.task.type,
          'imrs.preset': decision.preset,
          'gen_ai.input.messages':
            this.#output === undefined ? undefined : inputMessages(this.#request.messages),
        }),
      )
    })
  }

  refused(code: ErrorCode | undefined): void {
    quietly(() => {
      this.#span.setAttribute('imrs.outcome', code === undefined ? 'aborted' : 'refused')
      if (code !== undefined) this.#failed(code)
      this.#span.end()
    })
  }

  callBegan(call: ObservedCall): CallObserver {
    return quietly(() => new CallSpan(this.#kit, call, this.#context)) ?? UNSEEN
  }

  partGiven(part: AnswerPart): void {
    this.#output?.add(part)
    if (part.type !== 'fallback') return
    const { from, to, step, failureKind } = part
    const attributes = { 'imrs.from': from, 'imrs.to': to, 'imrs.step': step }
    quietly(() =>
      this.#span.addEvent('imrs.fallback', {
        ...attributes,
        ...(failureKind === undefined ? {} : { 'error.type': failureKind }),
      }),
    )
  }

  ended(end: ObservedEnd): void {
    quietly(() => {
      this.#span.setAttributes(endOf(end, this.#output))
      if (end.outcome === 'failed') this.#failed(end.failureKind ?? 'unknown')
      this.#span.end()
      const { outcome, totalMs } = end
      this.#kit.instruments.answers.record(totalMs / 1000, { 'imrs.outcome': outcome })
    })
  }

  #failed(errorType: string): void {
    this.#span.setAttribute('error.type', errorType)
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: errorType })
  }
}

function endOf(end: ObservedEnd, output: OutputMessage | undefined): Attributes {
  const { outcome, model, finishReason, attempts } = end
  const used = attempts.flatMap(({ usage }) => usage ?? [])
  const costs = attempts.flatMap(({ costNanoUsd }) => costNanoUsd ?? [])
  return defined({
    'imrs.outcome': outcome,
    'imrs.attempts': attempts.length,
    'imrs.usage.input_tokens': sum(used.map(({ inputTokens }) => inputTokens)),
    'imrs.usage.output_tokens': sum(used.map(({ outputTokens }) => outputTokens)),
    'imrs.cost_usd': costs.length === 0 ? undefined : fromNanoUsd(sum(costs)),
    'gen_ai.response.model': outcome === 'finished' ? model.id : undefined,
    'gen_ai.response.finish_reasons':
      finishReason === undefined ? undefined : [finishReasonText(finishReason)],
    'gen_ai.output.messages': output?.toText(finishReason),
  })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
