import { asObject } from '@imrs/core'
import type { CallOptions, ModelCall, ModelPart } from '@imrs/core'

import type { AnswerPayload } from '../shared/answer-body.ts'
import { runExchange } from '../shared/exchange.ts'
import { answeredFailure, failed, toProviderError } from './anthropic-context.ts'
import type { AnthropicContext } from './anthropic-context.ts'
import { EventReader } from './from-anthropic-event.ts'
import { toAnthropicRequest } from './to-anthropic-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export function anthropicChat(
  context: AnthropicContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const { provider, runtime, apiBase, send } = context
  let reader: EventReader | undefined
  return runExchange(
    {
      provider,
      runtime,
      send: (signal) => {
        const { body, answerTool } = toAnthropicRequest({ provider, call })
        reader = new EventReader({ answerTool, newId: runtime.newId })
        return send({ address: `${apiBase}/messages`, body, signal })
      },
      readWhole: (value, headers) => {
        assertNoError(context, value, headers)
        return reader?.readMessage(value) ?? []
      },
      read: (payload, headers) => {
        assertNoErrorIn(context, payload, headers)
        return reader?.read(payload.value) ?? []
      },
      isEnded: () => reader?.isEnded === true,
      ending: () => ending(context, reader),
      isFinished: () => reader?.finishReason !== undefined,
      toProviderError: (error) => toProviderError(context, error),
    },
    options,
  )
}

/** An event of that name is a failure, also when its data is not wrapped in `error`. */
function assertNoErrorIn(
  context: AnthropicContext,
  { event, value }: AnswerPayload,
  headers: Headers,
): void {
  if (event === 'error') throw answeredFailure(context, { body: value })
  assertNoError(context, value, headers)
}

/** A failure behind a good status: `{ type: 'error', error }`. */
function assertNoError(context: AnthropicContext, value: unknown, headers: Headers): void {
  const payload = asObject(value)
  if (payload?.['type'] !== 'error' && asObject(payload?.['error']) === undefined) return
  throw answeredFailure(context, { headers, body: value })
}

function* ending(
  context: AnthropicContext,
  reader: EventReader | undefined,
): Generator<ModelPart, void, void> {
  const name = context.provider.displayName
  const { finishReason, unreadable, usage } = reader ?? {}
  // However it ended: what the provider said of the tokens is what it charges for.
  if (usage !== undefined) yield { type: 'usage', usage }
  if (finishReason === undefined) {
    throw failed(context, 'truncated', `${name} broke off before the answer was complete.`)
  }
  if (unreadable !== undefined) {
    throw failed(context, unreadable, `${name} sent a tool call that cannot be read.`)
  }
  yield { type: 'finish', finishReason }
}
