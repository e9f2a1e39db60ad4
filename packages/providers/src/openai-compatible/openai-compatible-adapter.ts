import type { ProviderAdapter, ProviderConnection } from '@imrs/core'

import { checkCredential } from './check-credential.ts'
import { listModels } from './list-models.ts'
import { openAiChat } from './openai-chat.ts'
import { openAiContext } from './openai-context.ts'

/** Connects one row of the OpenAI-compatible family. */
export function connectOpenAiCompatible(connection: ProviderConnection): ProviderAdapter {
  const context = openAiContext(connection)
  return {
    specVersion: 'v1',
    listModels: (options) => listModels(context, options),
    chat: (call, options) => openAiChat(context, call, options),
    checkCredential: (options) => checkCredential(context, options),
  }
}
