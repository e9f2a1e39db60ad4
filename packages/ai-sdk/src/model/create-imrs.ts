import { NoSuchModelError } from '@ai-sdk/provider'
import type { LanguageModelV4, ProviderV4 } from '@ai-sdk/provider'
import { ConfigError } from '@imrs/core'

import { imrsCallOptionsSchema } from './imrs-call-options.ts'
import type { ImrsCallOptions } from './imrs-call-options.ts'
import { imrsLanguageModel } from './imrs-language-model.ts'
import type { ChatRouter } from './open-answer.ts'

/** Options of {@link createImrs}: the router, and defaults for every call. */
export interface ImrsProviderOptions extends ImrsCallOptions {
  /** It stays yours: nothing here closes it. */
  readonly router: ChatRouter
}

/** A router as a provider of the AI SDK. */
export interface ImrsProvider extends ProviderV4 {
  /** The model of that name: `auto`, a preset, a model id (`openai/gpt-4o`) or an alias. */
  (modelId: string): LanguageModelV4
  languageModel(modelId: string): LanguageModelV4
  /** The same as {@link languageModel}. */
  chat(modelId: string): LanguageModelV4
}

/**
 * Makes a provider of the AI SDK out of a router, for `generateText`, `streamText` and everything that
 * takes a model. Whether there is a model of the name is seen when it is called.
 *
 * @throws ConfigError when an option is wrong.
 */
export function createImrs(options: ImrsProviderOptions): ImrsProvider {
  const { router, ...given } = options
  const defaults = checkedDefaults(given)
  const languageModel = (modelId: string): LanguageModelV4 => {
    if (modelId === '') throw new NoSuchModelError({ modelId, modelType: 'languageModel' })
    return imrsLanguageModel({ router, modelId, defaults })
  }
  const provider = (modelId: string): LanguageModelV4 => languageModel(modelId)
  return Object.assign(provider, {
    specificationVersion: 'v4' as const,
    languageModel,
    chat: languageModel,
    embeddingModel: (modelId: string): never => {
      throw new NoSuchModelError({ modelId, modelType: 'embeddingModel' })
    },
    imageModel: (modelId: string): never => {
      throw new NoSuchModelError({ modelId, modelType: 'imageModel' })
    },
  })
}

function checkedDefaults(given: ImrsCallOptions): ImrsCallOptions {
  const { data, error } = imrsCallOptionsSchema.safeParse(given)
  const [issue] = error?.issues ?? []
  if (issue !== undefined) {
    throw new ConfigError(`\`createImrs.${issue.path.join('.')}\`: ${issue.message}`)
  }
  return Object.freeze(data ?? {})
}
