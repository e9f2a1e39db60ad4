import type { Endpoint } from '../../endpoint/endpoint.ts'
import type { ResolvedHttpOptions } from '../../http-options.ts'
import { createChatCompletion } from './chat-completion.ts'
import { getOpenAiModel, listOpenAiModels } from './openai-models.ts'

/** The part of OpenAI's API that its clients chat with. */
export function openAiEndpoints(options: ResolvedHttpOptions): readonly Endpoint[] {
  return [createChatCompletion, listOpenAiModels, getOpenAiModel].map((make) => make(options))
}
