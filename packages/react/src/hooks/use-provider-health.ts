import { useMemo } from 'react'

import { providersOf } from '../models/models-state.ts'
import type { ProviderHealth } from '../models/models-state.ts'
import { useModels } from './use-models.ts'
import type { UseModels } from './use-models.ts'

/** What {@link useProviderHealth} gives. */
export interface UseProviderHealth extends Pick<
  UseModels,
  'isLoading' | 'isRefreshing' | 'isStale' | 'error' | 'refresh'
> {
  /** All of them, by name. */
  readonly providers: readonly ProviderHealth[]
}

/** How each provider is, kept up to date by the server's events. */
export function useProviderHealth(): UseProviderHealth {
  const catalogue = useModels()
  const { models, metadata } = catalogue
  const providers = useMemo(() => providersOf({ models, metadata }), [models, metadata])
  return { ...catalogue, providers }
}
