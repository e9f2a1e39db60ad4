import type { CallOptions, JsonObject, ModelCall, ModelPart, ProviderFailure } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import type OpenAI from 'openai'
import { Stream } from 'openai/streaming'

import { ChunkReader } from './from-openai-chunk.ts'
import type { OpenAiContext } from './openai-context.ts'
import { toProviderError } from './openai-context.ts'
import { openAiFailure } from './openai-failure.ts'
import { toOpenAiRequest } from './to-openai-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export async function* openAiChat(
  context: OpenAiContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const abort = new AbortController()
  const signal =
    options?.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal])
  signal.throwIfAborted()
  const reader = new ChunkReader()
  try {
    for await (const chunk of chunksOf(context, call, signal)) {
      const outcome = reader.read(chunk)
      if (outcome.kind === 'failure') throw failureInside(context, outcome.body)
      yield* outcome.parts
    }
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

/**
 * What the server sends, chunk by chunk; an answer in one piece is one chunk. A server that answers
 * a stream with plain JSON reports a failure that way, or does not stream.
 */
async function* chunksOf(
  context: OpenAiContext,
  call: ModelCall,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, void> {
  const { client, settings } = context
  const body = toOpenAiRequest(call, settings)
  if (!call.stream) {
    const answer = await client.chat.completions.create(asWhole(body), { signal }).asResponse()
    yield await wholeOf(context, answer)
    return
  }
  const response = await client.chat.completions.create(asStreamed(body), { signal }).asResponse()
  const contentType = response.headers.get('content-type') ?? ''
  if (/json|html/.test(contentType)) yield await wholeOf(context, response)
  else yield* Stream.fromSSEResponse(response, new AbortController(), client)
}

/** An answer in one piece. JSON without its last bracket was cut on the way. */
async function wholeOf(context: OpenAiContext, response: Response): Promise<unknown> {
  const text = (await response.text()).trim()
  try {
    return JSON.parse(text)
  } catch (error) {
    const { displayName } = context.provider
    if (text.startsWith('<')) {
      const message = `${displayName} answered with a web page.`
      throw failure(context, { kind: 'malformed', message })
    }
    throw text.startsWith('{') && !text.endsWith('}') ? brokenOff(context) : error
  }
}

function brokenOff(context: OpenAiContext): ProviderError {
  const message = `${context.provider.displayName} broke off before the answer was complete.`
  return failure(context, { kind: 'truncated', message })
}

/** The SDK's types are stricter than the servers of this family; `to-openai-request` is the contract. */
function asStreamed(body: JsonObject): OpenAI.ChatCompletionCreateParamsStreaming {
  return body as unknown as OpenAI.ChatCompletionCreateParamsStreaming
}

function asWhole(body: JsonObject): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return body as unknown as OpenAI.ChatCompletionCreateParamsNonStreaming
}

function* ending(context: OpenAiContext, reader: ChunkReader): Generator<ModelPart, void, void> {
  const { finishReason } = reader
  if (finishReason === undefined) throw brokenOff(context)
  if (finishReason === 'content-filter' && !reader.hasContent) {
    const message = `${context.provider.displayName} refused to answer this.`
    throw failure(context, { kind: 'content-filtered', message })
  }
  const toolCalls = reader.toolCalls()
  if (toolCalls === undefined) {
    throw failure(context, {
      kind: finishReason === 'length' ? 'truncated' : 'malformed',
      message: `${context.provider.displayName} sent a tool call that cannot be read.`,
    })
  }
  yield* toolCalls
  yield { type: 'finish', finishReason: toolCalls.length > 0 ? 'tool-calls' : finishReason }
}

function failureInside(context: OpenAiContext, body: unknown): ProviderError {
  const { provider, runtime, secret } = context
  const input = { status: undefined, headers: undefined, body, nowMs: runtime.now(), secret }
  return failure(context, openAiFailure({ ...input, providerName: provider.displayName }))
}

function failure({ provider }: OpenAiContext, given: ProviderFailure): ProviderError {
  return new ProviderError(given, { providerId: provider.id })
}
