import type { ProviderFamily } from '@imrs/core'

import { connectAnthropic } from './anthropic-adapter.ts'

/** Anthropic's Messages API. */
export const anthropicFamily: ProviderFamily = Object.freeze({
  specVersion: 'v1',
  name: 'anthropic',
  needsCredential: true,
  connect: connectAnthropic,
})
