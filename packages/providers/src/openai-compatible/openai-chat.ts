import type { CallOptions, JsonObject, ModelCall, ModelPart, ProviderFailure } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import type OpenAI from 'openai'

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

async function* chunksOf(
  { client, settings }: OpenAiContext,
  call: ModelCall,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, void> {
  const body = toOpenAiRequest(call, settings)
  if (call.stream) {
    yield* await client.chat.completions.create(asStreamed(body), { signal })
  } else {
    yield await client.chat.completions.create(asWhole(body), { signal })
  }
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
  if (finishReason === undefined) {
    throw failure(context, {
      kind: 'truncated',
      message: `${context.provider.displayName} broke off before the answer was complete.`,
    })
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
  const { provider, runtime } = context
  const input = { status: undefined, headers: undefined, body, nowMs: runtime.now() }
  return failure(context, openAiFailure({ ...input, providerName: provider.displayName }))
}

function failure({ provider }: OpenAiContext, given: ProviderFailure): ProviderError {
  return new ProviderError(given, { providerId: provider.id })
}
