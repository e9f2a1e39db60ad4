import type { ModelsState } from '../models/models-state.ts'
import { modelsStore } from '../models/models-store.ts'
import type { ModelsStore } from '../models/models-store.ts'
import { useImrsClient } from './model-provider.tsx'
import { useStore } from './use-store.ts'

/** What {@link useModels} gives. */
export interface UseModels extends ModelsState {
  readonly refresh: ModelsStore['refresh']
}

/**
 * The catalogue, kept up to date. The copy of an earlier visit within 24 hours is there at once, with
 * `isStale`, while the server is asked; when that fails the models stay and `error` says why.
 */
export function useModels(): UseModels {
  const store = useImrsClient().part(modelsStore)
  return { ...store, ...useStore(store) }
}
