import type { AnswerPart, ChatRequest, JsonObject } from '@imrs/core'
import { ImrsError, ProviderError } from '@imrs/core'
import type { ConformanceCandidate, ConformancePart, ConformanceRequest } from '@imrs/testing/conformance'

import type { Router } from '../router.ts'

/** What the router calls a candidate. */
export function modelIdOf({ id, model }: ConformanceCandidate): string {
  return `${id}/${model}`
}

/** The one model there is is asked for by its name, as a person would; of several the router chooses. */
export function toChatRequest(
  candidates: readonly ConformanceCandidate[],
  { prompt, tools, stream, allowEmpty }: ConformanceRequest,
): ChatRequest {
  const [first, ...others] = candidates
  return {
    userId: 'caller',
    model: first === undefined || others.length > 0 ? 'auto' : modelIdOf(first),
    messages: [{ role: 'user', content: prompt }],
    stream,
    allowEmpty,
    ...(tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, parameters }) => ({
            name,
            // A JSON Schema is JSON.
            parameters: JSON.parse(JSON.stringify(parameters)) as JsonObject,
          })),
        }),
  }
}

/** What the router answers, as the suite reads it. */
export async function* partsOf(
  router: Router,
  request: ChatRequest,
  call: { readonly signal: AbortSignal; readonly onMessage: (messageId: string) => void },
): AsyncGenerator<ConformancePart, void, void> {
  const { signal } = call
  let answer
  try {
    answer = await router.chat(request, { signal })
  } catch (error) {
    signal.throwIfAborted()
    yield toRefusal(error)
    return
  }
  call.onMessage(answer.messageId)
  for await (const part of answer.parts) yield* toConformancePart(part)
}

/** A request for which there is nothing to try is refused by a rejection; a caller sees an error. */
function toRefusal(error: unknown): ConformancePart {
  const message = error instanceof Error ? error.message : String(error)
  const kind = ProviderError.is(error) ? error.failure.kind : undefined
  const code = ImrsError.is(error) ? error.code : undefined
  return { type: 'error', message, kind: kind ?? code }
}

function toConformancePart(part: AnswerPart): readonly ConformancePart[] {
  switch (part.type) {
    case 'text-delta':
      return [{ type: 'text', text: part.text }]
    case 'reasoning-delta':
      return [{ type: 'reasoning', text: part.text }]
    case 'tool-call':
      return [{ type: 'tool-call', id: part.toolCallId, name: part.toolName, input: part.input }]
    case 'fallback':
      return [
        {
          type: 'fallback',
          from: candidateOf(part.from),
          to: candidateOf(part.to),
          kind: part.failureKind,
        },
      ]
    case 'usage':
      return [
        {
          type: 'usage',
          inputTokens: part.usage.inputTokens,
          outputTokens: part.usage.outputTokens,
        },
      ]
    case 'end':
      return [{ type: 'end', finishReason: part.finishReason }]
    case 'error':
      return [toConformanceError(part)]
    case 'decision':
    case 'warning':
    case 'reasoning-end':
      return []
  }
}

function toConformanceError(part: Extract<AnswerPart, { type: 'error' }>): ConformancePart {
  const { message, failureKind, isRetryable, isRetrySafe, retryAfterMs, received, tried } = part
  // A caller that left needs no kind to be told what happened.
  const kind = failureKind ?? (part.code === 'aborted' ? 'aborted' : undefined)
  return {
    type: 'error',
    message,
    kind,
    isRetryable,
    isRetrySafe,
    retryAfterMs,
    received,
    tried: tried.map(({ model, failureKind: of, wasCalled, retryAtMs }) => ({
      candidate: candidateOf(model),
      kind: of,
      wasCalled,
      retryAtMs,
    })),
  }
}

/** The provider of a model's id. */
function candidateOf(modelId: string): string {
  return modelId.slice(0, modelId.indexOf('/'))
}
