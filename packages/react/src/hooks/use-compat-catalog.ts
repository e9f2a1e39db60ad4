import { useMemo } from 'react'

import { compatCatalog } from '../compat/compat-catalog.ts'
import type { CompatCatalog, CompatOptions } from '../compat/compat-catalog.ts'
import { useModels } from './use-models.ts'

/** `MODELS`, `modelDetails` and `defaultModel` as of now: new ones when the catalogue changes. */
export function useCompatCatalog({ defaultModel }: CompatOptions): CompatCatalog {
  const { models } = useModels()
  return useMemo(() => compatCatalog(models, { defaultModel }), [models, defaultModel])
}
