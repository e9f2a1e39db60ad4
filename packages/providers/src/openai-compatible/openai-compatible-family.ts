import type { ProviderFamily } from '@imrs/core'

import { connectOpenAiCompatible } from './openai-compatible-adapter.ts'

/** OpenAI's chat completions: OpenRouter, OpenAI, Requesty and every server that copies it. */
export const openAiCompatibleFamily: ProviderFamily = Object.freeze({
  specVersion: 'v1',
  name: 'openai-compatible',
  needsCredential: true,
  connect: connectOpenAiCompatible,
})

/** The same for servers that take requests without a key; a key that is there is sent. */
export const keylessOpenAiCompatibleFamily: ProviderFamily = Object.freeze({
  ...openAiCompatibleFamily,
  needsCredential: false,
})
