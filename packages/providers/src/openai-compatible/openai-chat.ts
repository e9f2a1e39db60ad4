import type { CallOptions, ModelCall, ModelPart, ProviderFailure } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import type { AnswerPayload } from '../shared/answer-body.ts'
import { runExchange } from '../shared/exchange.ts'
import { ChunkReader } from './from-openai-chunk.ts'
import { answeredFailure, toProviderError } from './openai-context.ts'
import type { OpenAiContext } from './openai-context.ts'
import { toOpenAiRequest } from './to-openai-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export function openAiChat(
  context: OpenAiContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const { provider, runtime, settings, addresses, send } = context
  const reader = new ChunkReader(runtime.newId)
  const job: Job = { context, reader }
  return runExchange(
    {
      provider,
      runtime,
      send: (signal) => {
        const body = toOpenAiRequest({ call, provider }, settings)
        return send({ address: addresses.ofChat(call.externalId), body, signal })
      },
      readWhole: (value) => partsOf(job, { event: undefined, value }),
      read: (payload) => partsOf(job, payload),
      // The mark is no payload; the body ends at it.
      isEnded: () => false,
      ending: () => ending(context, reader),
      isFinished: () => reader.finishReason !== undefined,
      toProviderError: (error) => toProviderError(context, error),
    },
    options,
  )
}

interface Job {
  readonly context: OpenAiContext
  readonly reader: ChunkReader
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
  throw answeredFailure(context, { body: outcome.body })
}

/** An event of that name is a failure, also when its data is not wrapped in `error`. */
function errorEvent(value: unknown): { readonly kind: 'failure'; readonly body: unknown } {
  return { kind: 'failure', body: value }
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

function failure({ provider }: OpenAiContext, given: ProviderFailure): ProviderError {
  return new ProviderError(given, { providerId: provider.id })
}
