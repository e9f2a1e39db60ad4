import type { Model } from '@imrs/core'

/** Only what a model must have. */
export function aModel(name: string): Model {
  return {
    id: `p/${name}`,
    providerId: 'p',
    externalId: name,
    displayName: name,
    modelType: 'chat',
    capabilities: [],
    pricing: {},
    isAvailable: true,
    metadata: {},
    priority: 50,
    domains: [],
    origin: 'sync',
    createdAtMs: 0,
    updatedAtMs: 0,
  }
}
