import type { CallOptions, ModelCall, ModelPart } from '@imrs/core'

import { openAnswer } from '../shared/answer-body.ts'
import { runExchange } from '../shared/exchange.ts'
import { asObject } from '../shared/foreign-json.ts'
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
  let reader: EventReader | undefined
  return runExchange(
    {
      answer: (signal) => {
        const request = toAnthropicRequest({ provider: context.provider, call })
        const { answerTool } = request
        reader = new EventReader({ answerTool, newId: context.runtime.newId })
        return answerOf({ context, body: request.body, reader, signal })
      },
      ending: () => ending(context, reader),
      isFinished: () => reader?.finishReason !== undefined,
      toProviderError: (error) => toProviderError(context, error),
    },
    options,
  )
}

interface Job {
  readonly context: AnthropicContext
  readonly body: object
  readonly reader: EventReader
  readonly signal: AbortSignal
}

/** Through `post`: `messages.create` writes to the console about models that are going to end. */
async function* answerOf(job: Job): AsyncGenerator<ModelPart, void, void> {
  const { context, body, reader, signal } = job
  const { client, provider } = context
  const response = await client.post('/messages', { body, signal }).asResponse()
  yield { type: 'headers' }
  // Not through the SDK's stream: it leaves out events without a name.
  const answer = await openAnswer(provider, response)
  if (answer.kind === 'whole') {
    assertNoError(job, answer.value, response.headers)
    yield* reader.readMessage(answer.value)
    return
  }
  for await (const { event, value } of answer.payloads) {
    if (event === 'error') throw errorInside(job, value)
    assertNoError(job, value, response.headers)
    yield* reader.read(value)
    if (reader.isEnded) return
  }
}

/** A failure behind a good status: `{ type: 'error', error }`. */
function assertNoError(job: Job, value: unknown, headers: Headers): void {
  const payload = asObject(value)
  if (payload?.['type'] !== 'error' && asObject(payload?.['error']) === undefined) return
  throw answeredFailure(job.context, { status: undefined, headers, body: value })
}

function errorInside({ context }: Job, body: unknown): Error {
  return answeredFailure(context, { status: undefined, headers: undefined, body })
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
