import type { LanguageModelV4 } from '@ai-sdk/provider'

import { answerStream } from './answer-stream.ts'
import { collectAnswer } from './collect-answer.ts'
import { openAnswer } from './open-answer.ts'
import type { RoutedCallContext } from './open-answer.ts'
import { toReadableStream } from './to-readable-stream.ts'

/** The AI SDK's model for one name of the router's. */
export function imrsLanguageModel(context: RoutedCallContext): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'imrs',
    modelId: context.modelId,
    // Any model may answer, and not every one reads addresses: the SDK reads files and sends their content.
    supportedUrls: {},
    doGenerate: async (options) => collectAnswer(await openAnswer(context, options)),
    doStream: async (options) => {
      const answer = await openAnswer(context, options)
      const parts = answerStream(answer, { includeRawParts: options.includeRawChunks === true })
      return { stream: toReadableStream(parts, answer.close) }
    },
  }
}
