import type { CallOptions, ModelCall, ModelPart } from '@imrs/core'

import { openAnswer } from '../shared/answer-body.ts'
import { runExchange } from '../shared/exchange.ts'
import { asList, asObject } from '../shared/foreign-json.ts'
import { ResponseReader } from './from-google-response.ts'
import {
  answeredFailure,
  failed,
  parseJson,
  sendGoogle,
  toProviderError,
} from './google-context.ts'
import type { GoogleContext } from './google-context.ts'
import { toGoogleRequest } from './to-google-request.ts'

/** One call, streamed or in one piece; the parts are the same. */
export function googleChat(
  context: GoogleContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const reader = new ResponseReader(context.runtime.newId)
  const job: Job = { context, call, reader }
  return runExchange(
    {
      answer: (signal) => answerOf(job, signal),
      ending: () => ending(job),
      // There is no end mark, and the reason may come with every response: only the end is the end.
      isFinished: () => false,
      toProviderError: (error) => toProviderError(context, error),
    },
    options,
  )
}

interface Job {
  readonly context: GoogleContext
  readonly call: ModelCall
  readonly reader: ResponseReader
}

async function* answerOf(job: Job, signal: AbortSignal): AsyncGenerator<ModelPart, void, void> {
  const { context, call } = job
  const body = toGoogleRequest({ provider: context.provider, call })
  const response = await sendGoogle(context, { path: pathOf(call), body, signal })
  if (!response.ok) {
    const { status, headers } = response
    throw answeredFailure(context, { status, headers, body: parseJson(await response.text()) })
  }
  yield { type: 'headers' }
  const answer = await openAnswer(context.provider, response)
  if (answer.kind === 'whole') {
    // A stream without `alt=sse` is one list.
    for (const value of asList(answer.value) ?? [answer.value]) yield* partsOf(job, value)
    return
  }
  for await (const { event, value } of answer.payloads) {
    yield* partsOf(job, event === 'error' ? { error: value } : value)
  }
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
    throw answeredFailure(context, { status: undefined, headers: undefined, body })
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
