import type { ModelInfo, ModelsProviderInfo, ModelsResponse } from '@imrs/core'

import type { ImrsClientError } from '../http/client-error.ts'
import type { ModelsCopy } from './models-copy.ts'

/** How a provider is. */
export interface ProviderHealth extends ModelsProviderInfo {
  readonly providerId: string
  /** As its models name it. */
  readonly name: string
}

export interface ModelsState {
  readonly models: readonly ModelInfo[]
  /** `undefined` until there is a list. */
  readonly metadata: ModelsResponse['metadata'] | undefined
  /** Whether there is no list yet, and one is on its way. */
  readonly isLoading: boolean
  /** Whether a list is on its way, though there is one. */
  readonly isRefreshing: boolean
  /** Whether what is shown is a copy, or the last reading failed. */
  readonly isStale: boolean
  /** Why the last reading failed. The models of the one before stay. */
  readonly error: ImrsClientError | undefined
  /** Providers that are degraded or down. */
  readonly warnings: readonly ProviderHealth[]
  /** Models that their provider has listed for less than 14 days, as the server says. */
  readonly newModelIds: ReadonlySet<string>
}

export const NO_MODELS: ModelsState = {
  models: [],
  metadata: undefined,
  isLoading: true,
  isRefreshing: false,
  isStale: false,
  error: undefined,
  warnings: [],
  newModelIds: new Set(),
}

/** For how long a model is new. */
const NEW_FOR_MS = 14 * 24 * 3_600_000

/** What a list says. */
export function stateOf({
  response: { models, metadata },
}: ModelsCopy): Pick<
  ModelsState,
  'models' | 'metadata' | 'warnings' | 'newModelIds' | 'isLoading'
> {
  // The list's own time, so that a server and a browser say the same of it.
  const nowMs = Date.parse(metadata.lastUpdated)
  const newModels = models.filter(({ addedAt = '' }) => nowMs - Date.parse(addedAt) < NEW_FOR_MS)
  return {
    models,
    metadata,
    warnings: providersOf({ models, metadata }).filter(({ status }) => status !== 'healthy'),
    newModelIds: new Set(newModels.map(({ id }) => id)),
    isLoading: false,
  }
}

/** Every provider of a list, by the name its models give it, sorted by that. */
export function providersOf({
  models,
  metadata,
}: Pick<ModelsState, 'models' | 'metadata'>): readonly ProviderHealth[] {
  const names = new Map(models.map(({ id, provider }) => [providerIdOf(id), provider]))
  return Object.entries(metadata?.providers ?? {})
    .map(([providerId, info]) => ({
      ...info,
      providerId,
      name: names.get(providerId) ?? providerId,
    }))
    .toSorted((left, right) => left.name.localeCompare(right.name))
}

/** The provider's part of a model id: what stands before the first slash. */
export function providerIdOf(modelId: string): string {
  return modelId.split('/', 1)[0] ?? ''
}
