import type { ProviderFamily, ProviderType } from '@imrs/core'

import { anthropicFamily } from './anthropic/anthropic-family.ts'
import { googleFamily } from './google/google-family.ts'
import {
  keylessOpenAiCompatibleFamily,
  openAiCompatibleFamily,
} from './openai-compatible/openai-compatible-family.ts'

/**
 * The family that serves each provider type; a type that is missing is not served. A `custom` row
 * may go without a key.
 */
export const families: Readonly<Partial<Record<ProviderType, ProviderFamily>>> = Object.freeze({
  openrouter: openAiCompatibleFamily,
  openai: openAiCompatibleFamily,
  requesty: openAiCompatibleFamily,
  custom: keylessOpenAiCompatibleFamily,
  google: googleFamily,
  anthropic: anthropicFamily,
})

/** The family for a provider row, or `undefined` when none serves its type. */
export function familyFor(providerType: ProviderType): ProviderFamily | undefined {
  return families[providerType]
}
