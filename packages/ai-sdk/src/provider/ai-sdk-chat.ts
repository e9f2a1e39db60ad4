import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { CallOptions, ModelCall, ModelPart, Provider, Runtime } from '@imrs/core'
import { ProviderError, filesOf, linkedAbort } from '@imrs/core'

import { toProviderError } from './ai-sdk-failure.ts'
import { contentParts } from './content-parts.ts'
import { SdkAnswerReader } from './sdk-answer-reader.ts'
import { toCallOptions } from './to-call-options.ts'
import { isAddress } from './to-prompt.ts'
import { untilAborted } from './until-aborted.ts'

/** What one call is made with. */
export interface AiSdkCallContext {
  readonly model: LanguageModelV4
  readonly provider: Provider
  readonly runtime: Runtime
}

/**
 * One call, streamed or in one piece; the parts are the same. Nothing is asked before the first pull.
 * Leaving the loop or aborting the signal ends the request, also when the model does not listen.
 *
 * @throws ProviderError; on abort, the signal's reason.
 */
export async function* aiSdkChat(
  context: AiSdkCallContext,
  call: ModelCall,
  options?: CallOptions,
): AsyncGenerator<ModelPart, void, void> {
  const { provider } = context
  const abort = linkedAbort(options?.signal)
  const reader = new SdkAnswerReader(provider.displayName)
  try {
    abort.signal.throwIfAborted()
    for await (const part of sdkParts({ context, call, signal: abort.signal })) {
      if (part.type === 'error') throw part.error
      if (part.type === 'headers') yield part
      else yield* reader.read(part)
    }
    // However it ended: what the model says of the tokens is what is charged for.
    yield* reader.usage
    const ending = reader.ending()
    if (ending.kind === 'failed')
      throw new ProviderError(ending.failure, { providerId: provider.id })
    yield* ending.parts
  } catch (error) {
    abort.signal.throwIfAborted()
    throw toProviderError(error, context)
  } finally {
    abort.end()
  }
}

interface SdkCall {
  readonly context: AiSdkCallContext
  readonly call: ModelCall
  readonly signal: AbortSignal
}

type SdkPart = LanguageModelV4StreamPart | { readonly type: 'headers' }

async function* sdkParts(sdkCall: SdkCall): AsyncGenerator<SdkPart, void, void> {
  const { context, call, signal } = sdkCall
  const { model, provider } = context
  await assertReadsAddresses(sdkCall)
  const options = toCallOptions({ provider, call }, signal)
  if (!call.stream) {
    yield* contentParts(await untilAborted(model.doGenerate(options), signal))
    return
  }
  const { stream } = await untilAborted(model.doStream(options), signal)
  yield { type: 'headers' }
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await untilAborted(reader.read(), signal)
      if (done) return
      yield value
    }
  } finally {
    // A model that does not listen to the signal learns of it here. What it says of that is of no use.
    reader.cancel().catch(() => undefined)
  }
}

/**
 * Refuses a file by address that the model would have to be sent: the SDK's own functions read it
 * before they call a model, and from here nobody does.
 */
async function assertReadsAddresses({ context, call, signal }: SdkCall): Promise<void> {
  const files = call.messages.flatMap(filesOf).filter(({ data }) => isAddress(data))
  if (files.length === 0) return
  const { model, provider } = context
  const supported = Object.entries(await untilAborted(toPromise(model.supportedUrls), signal))
  for (const { data, mediaType } of files) {
    const isRead = supported.some(
      ([type, patterns]) =>
        matchesType(type.toLowerCase(), mediaType.toLowerCase()) &&
        patterns.some((pattern) => data.search(pattern) >= 0),
    )
    if (isRead) continue
    const message = `${provider.displayName} reads no ${mediaType} by address with this model.`
    throw new ProviderError({ kind: 'model-unfit', message }, { providerId: provider.id })
  }
}

function toPromise<Value>(value: Value | PromiseLike<Value>): Promise<Value> {
  return Promise.resolve(value)
}

/** `*`, `image/*` or `image/png`. */
function matchesType(pattern: string, mediaType: string): boolean {
  if (pattern === '*' || pattern === '*/*') return true
  return pattern.endsWith('/*') ? mediaType.startsWith(pattern.slice(0, -1)) : mediaType === pattern
}
