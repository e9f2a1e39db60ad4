import type { CallOptions, JsonObject, ModelCall, ModelPart, ProviderFailure } from '@imrs/core'
import { ProviderError } from '@imrs/core'
import type OpenAI from 'openai'

import { openAnswer } from '../shared/answer-body.ts'
import type { AnswerPayload } from '../shared/answer-body.ts'
import { runExchange } from '../shared/exchange.ts'
import { ChunkReader } from './from-openai-chunk.ts'
import type { OpenAiContext } from './openai-context.ts'
import { toProviderError } from './openai-context.ts'
import { openAiFailure } from './openai-failure.ts'
import { toOpenAiRequest } from './to-openai-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export function openAiChat(
  context: OpenAiContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const reader = new ChunkReader(context.runtime.newId)
  return runExchange(
    {
      answer: (signal) => answerOf({ context, call, reader, signal }),
      ending: () => ending(context, reader),
      isFinished: () => reader.finishReason !== undefined,
      toProviderError: (error) => toProviderError(context, error),
    },
    options,
  )
}

interface Job {
  readonly context: OpenAiContext
  readonly call: ModelCall
  readonly reader: ChunkReader
  readonly signal: AbortSignal
}

async function* answerOf(job: Job): AsyncGenerator<ModelPart, void, void> {
  const { context, call, signal } = job
  const body = toOpenAiRequest({ call, provider: context.provider }, context.settings)
  const request = context.client.chat.completions.create(asParameters(body), { signal })
  const response = await request.asResponse()
  yield { type: 'headers' }
  // Not through the SDK's stream: a stream it cannot read simply ends there.
  const answer = await openAnswer(context.provider, response)
  if (answer.kind === 'whole') {
    yield* partsOf(job, { event: undefined, value: answer.value })
    return
  }
  for await (const payload of answer.payloads) yield* partsOf(job, payload)
}

function* partsOf(
  { context, reader }: Job,
  { event, value }: AnswerPayload,
): Generator<ModelPart, void, void> {
  const outcome = event === 'error' ? errorEvent(value) : reader.read(value)
  if (outcome.kind === 'parts') {
    yield* outcome.parts
    return
  }
  // What was used up to here was used.
  if (reader.usage !== undefined) yield reader.usage
  throw failureInside(context, outcome.body)
}

/** An event of that name is a failure, also when its data is not wrapped in `error`. */
function errorEvent(value: unknown): { readonly kind: 'failure'; readonly body: unknown } {
  return { kind: 'failure', body: value }
}

/** The SDK's types are stricter than the servers of this family; `to-openai-request` is the contract. */
function asParameters(body: JsonObject): OpenAI.ChatCompletionCreateParams {
  return body as unknown as OpenAI.ChatCompletionCreateParams
}

function* ending(context: OpenAiContext, reader: ChunkReader): Generator<ModelPart, void, void> {
  const { finishReason, usage } = reader
  const { displayName } = context.provider
  // However it ended: what the provider said of the tokens is what it charges for.
  if (usage !== undefined) yield usage
  if (finishReason === undefined) {
    const message = `${displayName} broke off before the answer was complete.`
    throw failure(context, { kind: 'truncated', message })
  }
  if (finishReason === 'content-filter' && !reader.hasContent) {
    const message = `${displayName} refused to answer this.`
    throw failure(context, { kind: 'content-filtered', message })
  }
  const toolCalls = reader.toolCalls()
  if (toolCalls === undefined) {
    const message = `${displayName} sent a tool call that cannot be read.`
    throw failure(context, { kind: reader.isCutShort ? 'truncated' : 'malformed', message })
  }
  yield* reader.reasoningEnd()
  yield* toolCalls
  yield { type: 'finish', finishReason }
}

function failureInside(context: OpenAiContext, body: unknown): ProviderError {
  const { provider, runtime, secret } = context
  const input = { status: undefined, headers: undefined, body, nowMs: runtime.now(), secret }
  return failure(context, openAiFailure({ ...input, providerName: provider.displayName }))
}

function failure({ provider }: OpenAiContext, given: ProviderFailure): ProviderError {
  return new ProviderError(given, { providerId: provider.id })
}
