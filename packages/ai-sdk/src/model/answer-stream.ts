import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import type { AnswerPart, EndPart, TokenUsage } from '@imrs/core'

import { toSdkUsage } from '../shared/usage.ts'
import { AnswerBlocks } from './answer-blocks.ts'
import type { OpenAnswer } from './open-answer.ts'
import { fromErrorPart } from './to-api-call-error.ts'

/** How the stream of an answer is to look. */
export interface AnswerStreamOptions {
  /** The parts of the router's own answer come, too, each before what it becomes. */
  readonly includeRawParts: boolean
}

/**
 * An answer as the AI SDK's stream parts: `stream-start`, `response-metadata`, what the model says in
 * blocks, then `finish`. An answer that breaks ends with an `error` in place of `finish`; a block that
 * was open then stays so, since its end never came.
 *
 * Leaving the loop ends the request to the provider.
 */
export async function* answerStream(
  answer: OpenAnswer,
  { includeRawParts }: AnswerStreamOptions,
): AsyncGenerator<LanguageModelV4StreamPart, void, void> {
  const { preamble, parts, warnings, metadata, messageId, decidedAtMs } = answer
  const reader = new StreamReader(answer)
  const raw = (part: AnswerPart): LanguageModelV4StreamPart[] =>
    includeRawParts ? [{ type: 'raw', rawValue: part }] : []
  try {
    yield { type: 'stream-start', warnings: [...warnings] }
    yield* preamble.flatMap(raw)
    const timestamp = new Date(decidedAtMs)
    yield { type: 'response-metadata', id: messageId, timestamp, ...modelOf(metadata.modelId) }
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      yield* raw(next.value)
      yield* reader.read(next.value)
    }
  } finally {
    await answer.close()
  }
}

class StreamReader {
  readonly #answer: OpenAnswer
  readonly #blocks = new AnswerBlocks()
  readonly #announced: string | undefined
  #usage: TokenUsage | undefined

  constructor(answer: OpenAnswer) {
    this.#answer = answer
    this.#announced = answer.metadata.modelId
  }

  read(part: AnswerPart): readonly LanguageModelV4StreamPart[] {
    switch (part.type) {
      case 'usage':
        this.#usage = part.usage
        return []
      case 'end':
        return this.#end(part)
      case 'error':
        return [{ type: 'error', error: fromErrorPart(part) }]
      default:
        return this.#blocks.read(part)
    }
  }

  #end({ model, finishReason }: EndPart): readonly LanguageModelV4StreamPart[] {
    const usage: LanguageModelV4Usage = toSdkUsage(this.#usage)
    return [
      ...this.#blocks.end(),
      ...(model === this.#announced
        ? []
        : [{ type: 'response-metadata', modelId: model } as const]),
      {
        type: 'finish',
        usage,
        // The provider's own word for it is not known here.
        finishReason: { unified: finishReason, raw: undefined },
        providerMetadata: this.#answer.metadata.toProviderMetadata(),
      },
    ]
  }
}

function modelOf(modelId: string | undefined): { readonly modelId?: string } {
  return modelId === undefined ? {} : { modelId }
}
