import { catalogEvents } from '../models/catalog-events.ts'
import type { CatalogEventsState } from '../models/catalog-events.ts'
import { useImrsClient } from './model-provider.tsx'
import { useStore } from './use-store.ts'

/** What changes in the catalogue while the component is there, the newest first. */
export function useCatalogEvents(): CatalogEventsState {
  return useStore(useImrsClient().part(catalogEvents))
}
