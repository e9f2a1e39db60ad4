import type { ProviderFamily } from '@imrs/core'

import { connectAzure } from './azure-adapter.ts'

/** OpenAI's models on Azure. */
export const azureFamily: ProviderFamily = Object.freeze({
  specVersion: 'v1',
  name: 'azure',
  needsCredential: true,
  connect: connectAzure,
})
