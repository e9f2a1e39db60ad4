import type { Model, Provider } from '@imrs/core'

/** The provider `p`. */
export function aProvider(fields: Partial<Provider> = {}): Provider {
  return {
    id: 'p',
    displayName: 'P',
    providerType: 'custom',
    apiBase: 'https://p.example',
    modelsEndpoint: '/models',
    isActive: true,
    origin: 'code',
    settings: {},
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}

/** A model of the provider `p`. */
export function aModel(externalId: string, fields: Partial<Model> = {}): Model {
  return {
    id: `p/${externalId}`,
    providerId: 'p',
    externalId,
    displayName: externalId,
    modelType: 'chat',
    capabilities: ['text'],
    pricing: {},
    isAvailable: true,
    metadata: {},
    priority: 50,
    domains: [],
    origin: 'sync',
    createdAtMs: 0,
    updatedAtMs: 0,
    ...fields,
  }
}
