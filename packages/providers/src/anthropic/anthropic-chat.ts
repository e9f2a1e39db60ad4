import { Stream } from '@anthropic-ai/sdk/core/streaming'
import type { CallOptions, ModelCall, ModelPart } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { asObject } from '../shared/foreign-json.ts'
import { answeredFailure, failed, toProviderError } from './anthropic-context.ts'
import type { AnthropicContext } from './anthropic-context.ts'
import { EventReader } from './from-anthropic-event.ts'
import { toAnthropicRequest } from './to-anthropic-request.ts'
import type { AnthropicRequest } from './to-anthropic-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export async function* anthropicChat(
  context: AnthropicContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const abort = new AbortController()
  const signal =
    options?.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal])
  signal.throwIfAborted()
  const request = toAnthropicRequest(call)
  const reader = new EventReader(request.answerTool)
  try {
    yield* answerOf({ context, request, reader, signal })
    // A stream that is aborted simply ends.
    signal.throwIfAborted()
    yield* ending(context, reader)
  } catch (error) {
    signal.throwIfAborted()
    throw ProviderError.is(error) ? error : toProviderError(context, error)
  } finally {
    // The reader left, or it is over: nobody reads what would still come.
    abort.abort()
  }
}

interface Exchange {
  readonly context: AnthropicContext
  readonly request: AnthropicRequest
  readonly reader: EventReader
  readonly signal: AbortSignal
}

/** Through `post`: `messages.create` writes to the console about models that are going to end. */
async function* answerOf({
  context,
  request,
  reader,
  signal,
}: Exchange): AsyncGenerator<ModelPart, void, void> {
  const { client, provider } = context
  const response = await client.post('/messages', { body: request.body, signal }).asResponse()
  const contentType = response.headers.get('content-type') ?? ''
  if (contentType.includes('html')) {
    throw failed(context, 'malformed', `${provider.displayName} answered with a web page.`)
  }
  if (contentType.includes('event-stream')) {
    const events = Stream.fromSSEResponse<unknown>(response, new AbortController(), client)
    for await (const event of events) yield* reader.read(event)
    return
  }
  const body: unknown = JSON.parse(await response.text())
  if (asObject(asObject(body)?.['error']) !== undefined) {
    throw answeredFailure(context, { status: undefined, headers: response.headers, body })
  }
  yield* reader.readMessage(body)
}

function* ending(context: AnthropicContext, reader: EventReader): Generator<ModelPart, void, void> {
  const { finishReason, unreadable, usage } = reader
  const name = context.provider.displayName
  if (finishReason === undefined) {
    throw failed(context, 'truncated', `${name} broke off before the answer was complete.`)
  }
  if (unreadable !== undefined) {
    throw failed(context, unreadable, `${name} sent a tool call that cannot be read.`)
  }
  if (usage !== undefined) yield { type: 'usage', usage }
  yield { type: 'finish', finishReason }
}
