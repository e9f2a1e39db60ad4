import type {
  LanguageModelV4Content,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'

import { answerStream } from './answer-stream.ts'
import type { OpenAnswer } from './open-answer.ts'

type Finish = Extract<LanguageModelV4StreamPart, { type: 'finish' }>
type Metadata = Omit<Extract<LanguageModelV4StreamPart, { type: 'response-metadata' }>, 'type'>

/**
 * Reads an answer to its end and gives it in one piece.
 *
 * @throws APICallError when it broke; on abort, the signal's reason.
 */
export async function collectAnswer(answer: OpenAnswer): Promise<LanguageModelV4GenerateResult> {
  const content = new ContentReader()
  let response: Metadata = {}
  let finish: Finish | undefined
  for await (const part of answerStream(answer, { includeRawParts: false })) {
    if (part.type === 'error') throw part.error
    if (part.type === 'finish') finish = part
    else if (part.type === 'response-metadata') {
      const { type: _, ...metadata } = part
      response = { ...response, ...metadata }
    } else content.read(part)
  }
  if (finish === undefined) throw new TypeError('An answer ends with `end` or `error`')
  const { finishReason, usage, providerMetadata } = finish
  return {
    content: content.content,
    finishReason,
    usage,
    ...(providerMetadata === undefined ? {} : { providerMetadata }),
    response,
    warnings: [...answer.warnings],
  }
}

/** Puts the blocks of a stream together again. */
class ContentReader {
  readonly content: LanguageModelV4Content[] = []
  #text = ''

  read(part: LanguageModelV4StreamPart): void {
    switch (part.type) {
      case 'text-start':
      case 'reasoning-start':
        this.#text = ''
        break
      case 'text-delta':
      case 'reasoning-delta':
        this.#text += part.delta
        break
      case 'text-end':
        this.content.push({ type: 'text', text: this.#text })
        break
      case 'reasoning-end': {
        const { providerMetadata } = part
        const metadata = providerMetadata === undefined ? {} : { providerMetadata }
        this.content.push({ type: 'reasoning', text: this.#text, ...metadata })
        break
      }
      case 'tool-call':
        this.content.push(part)
        break
      default:
    }
  }
}
