import type { Store } from '@imrs/core'

import { benchModels } from '../catalog-rows.ts'

/** What a catalogue of so many models is made of, by the sync of the router. */
export async function syncCatalogue(store: Store, count: number): Promise<void> {
  const models = [...benchModels(count)]
  for (const [providerId, listed] of Map.groupBy(models, (model) => model.providerId)) {
    await store.models.sync({ providerId, syncedAtMs: 0, models: listed })
  }
}
