import type { CallOptions, Model, Store } from '@imrs/core'

/**
 * When models appeared in their provider's list, in milliseconds, by id. Those that were there when
 * the list was first read are not among them, since nobody knows since when they are, nor are models
 * that people or the host's code named.
 */
export async function listedLater(
  { store }: { readonly store: Store },
  models: readonly Model[],
  options?: CallOptions,
): Promise<ReadonlyMap<string, number>> {
  const readings = await store.models.listFirstReadings(options)
  const firstMs = new Map(readings.map(({ providerId, atMs }) => [providerId, atMs]))
  const later = models.filter(
    ({ origin, providerId, createdAtMs }) =>
      origin === 'sync' && createdAtMs > (firstMs.get(providerId) ?? Infinity),
  )
  return new Map(later.map(({ id, createdAtMs }) => [id, createdAtMs]))
}
