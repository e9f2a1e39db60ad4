import type { ProviderFamily, ProviderType } from '@imrs/core'

import { anthropicFamily } from './anthropic/anthropic-family.ts'
import { azureFamily } from './azure/azure-family.ts'
import { googleFamily } from './google/google-family.ts'
import {
  keylessOpenAiCompatibleFamily,
  openAiCompatibleFamily,
} from './openai-compatible/openai-compatible-family.ts'

/** The family that serves each provider type. A `custom` row may go without a key. */
export const families: Readonly<Record<ProviderType, ProviderFamily>> = Object.freeze({
  openrouter: openAiCompatibleFamily,
  openai: openAiCompatibleFamily,
  requesty: openAiCompatibleFamily,
  custom: keylessOpenAiCompatibleFamily,
  google: googleFamily,
  anthropic: anthropicFamily,
  azure: azureFamily,
})

/** The family for a provider row. */
export function familyFor(providerType: ProviderType): ProviderFamily {
  return families[providerType]
}
