import { asList, asObject } from '@imrs/core'
import type { CallOptions, ModelCall, ModelPart } from '@imrs/core'

import { runExchange } from '../shared/exchange.ts'
import { ResponseReader } from './from-google-response.ts'
import { answeredFailure, failed, toProviderError } from './google-context.ts'
import type { GoogleContext } from './google-context.ts'
import { toGoogleRequest } from './to-google-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export function googleChat(
  context: GoogleContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const { provider, runtime, apiBase, send } = context
  const reader = new ResponseReader(runtime.newId)
  const job: Job = { context, reader }
  return runExchange(
    {
      provider,
      runtime,
      send: (signal) => {
        const body = toGoogleRequest({ provider, call })
        return send({ address: `${apiBase}${pathOf(call)}`, body, signal })
      },
      readWhole: (value) => partsOfAll(job, value),
      read: ({ event, value }) => partsOf(job, event === 'error' ? { error: value } : value),
      // There is no end mark, and the reason may come with every response: only the end is the end.
      isEnded: () => false,
      isFinished: () => false,
      ending: () => ending(job),
      toProviderError: (error) => toProviderError(context, error),
    },
    options,
  )
}

interface Job {
  readonly context: GoogleContext
  readonly reader: ResponseReader
}

/** A stream without `alt=sse` is one list. */
function* partsOfAll(job: Job, value: unknown): Generator<ModelPart> {
  for (const one of asList(value) ?? [value]) yield* partsOf(job, one)
}

function pathOf({ externalId, stream }: ModelCall): string {
  const name = /^(?:models|tunedModels)\//.test(externalId) ? externalId : `models/${externalId}`
  const action = stream ? 'streamGenerateContent?alt=sse' : 'generateContent'
  return `/${name.split('/').map(encodeURIComponent).join('/')}:${action}`
}

function* partsOf({ context, reader }: Job, value: unknown): Generator<ModelPart> {
  const error = asObject(value)?.['error']
  if (error !== undefined && error !== null) {
    // What was used up to here was used.
    if (reader.usage !== undefined) yield { type: 'usage', usage: reader.usage }
    const body = asObject(asObject(error)?.['error']) === undefined ? value : error
    throw answeredFailure(context, { body })
  }
  yield* reader.read(value)
  const { blockReason, isMalformed, usage } = reader
  const name = context.provider.displayName
  if (blockReason === undefined && !isMalformed) return
  // What was used up to here was used.
  if (usage !== undefined) yield { type: 'usage', usage }
  throw blockReason === undefined
    ? failed(context, 'malformed', `${name} made a tool call that cannot be read.`)
    : failed(context, 'content-filtered', `${name} refused to answer this: ${blockReason}.`)
}

function* ending({ context, reader }: Job): Generator<ModelPart, void, void> {
  const { finishReason, usage, hasContent } = reader
  const name = context.provider.displayName
  // However it ended: what the provider said of the tokens is what it charges for.
  if (usage !== undefined) yield { type: 'usage', usage }
  if (finishReason === undefined) {
    throw failed(context, 'truncated', `${name} broke off before the answer was complete.`)
  }
  if (finishReason === 'content-filter' && !hasContent) {
    throw failed(context, 'content-filtered', `${name} refused to answer this.`)
  }
  yield* reader.reasoningEnd()
  yield { type: 'finish', finishReason }
}
