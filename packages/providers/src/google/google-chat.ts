import type { CallOptions, ModelCall, ModelPart } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { asObject } from '../shared/foreign-json.ts'
import { ResponseReader } from './from-google-response.ts'
import { GoogleExchange, answeredFailure, failed, toProviderError } from './google-context.ts'
import type { GoogleContext } from './google-context.ts'
import { toGoogleRequest } from './to-google-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export async function* googleChat(
  context: GoogleContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const abort = new AbortController()
  const signal =
    options?.signal === undefined ? abort.signal : AbortSignal.any([options.signal, abort.signal])
  signal.throwIfAborted()
  const exchange = new GoogleExchange(context, { isStream: call.stream })
  const reader = new ResponseReader()
  try {
    for await (const response of responsesOf({ context, call, exchange, signal })) {
      yield* reader.read(response)
      assertNoRefusal(context, reader)
    }
    // A stream that is aborted may simply end.
    signal.throwIfAborted()
    yield* ending(context, reader, exchange)
  } catch (error) {
    signal.throwIfAborted()
    throw ProviderError.is(error) ? error : toProviderError(context, error, exchange.headers)
  } finally {
    // The reader left, or it is over: the SDK lets go of the body without cancelling it.
    abort.abort()
  }
}

interface Request {
  readonly context: GoogleContext
  readonly call: ModelCall
  readonly exchange: GoogleExchange
  readonly signal: AbortSignal
}

async function* responsesOf(request: Request): AsyncGenerator<unknown, void, void> {
  const { context, call, exchange, signal } = request
  const parameters = toGoogleRequest(call)
  const config = {
    ...parameters.config,
    abortSignal: signal,
    httpOptions: { fetch: exchange.fetch },
  }
  const { models } = context.client
  if (call.stream) yield* await models.generateContentStream({ ...parameters, config })
  else yield await models.generateContent({ ...parameters, config })
}

function assertNoRefusal(
  context: GoogleContext,
  { blockReason, isMalformed }: ResponseReader,
): void {
  const name = context.provider.displayName
  if (blockReason !== undefined) {
    throw failed(context, 'content-filtered', `${name} refused to answer this: ${blockReason}.`)
  }
  if (isMalformed) {
    throw failed(context, 'malformed', `${name} made a tool call that cannot be read.`)
  }
}

function* ending(
  context: GoogleContext,
  reader: ResponseReader,
  exchange: GoogleExchange,
): Generator<ModelPart, void, void> {
  const { finishReason, usage, hasContent } = reader
  const name = context.provider.displayName
  if (finishReason === undefined) {
    const body = asObject(exchange.wholeBody)
    if (asObject(body?.['error']) !== undefined) {
      throw answeredFailure(context, { status: undefined, headers: exchange.headers, body })
    }
    throw failed(context, 'truncated', `${name} broke off before the answer was complete.`)
  }
  if (usage !== undefined) yield { type: 'usage', usage }
  if (finishReason === 'content-filter' && !hasContent) {
    throw failed(context, 'content-filtered', `${name} refused to answer this.`)
  }
  yield { type: 'finish', finishReason }
}
