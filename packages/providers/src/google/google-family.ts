import type { ProviderFamily } from '@imrs/core'

import { connectGoogle } from './google-adapter.ts'

/** Google's Gemini API. */
export const googleFamily: ProviderFamily = Object.freeze({
  specVersion: 'v1',
  name: 'google',
  needsCredential: true,
  connect: connectGoogle,
})
