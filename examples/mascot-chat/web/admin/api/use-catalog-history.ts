import { useImrsClient } from '@imrs/react'

import { catalogHistory } from './catalog-history.ts'
import type { CatalogHistory } from './catalog-history.ts'
import { useLoad } from './use-api.ts'
import type { Loading } from './use-api.ts'

/** What happened in the catalogue so far. */
export function useCatalogHistory(): Loading<CatalogHistory> {
  const reader = useImrsClient().part(catalogHistory)
  return useLoad('catalogue history', (_api, { signal }) => reader.read(signal))
}
