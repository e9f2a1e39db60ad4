import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { LRUCache } from 'lru-cache'

type ResolveModel = Parameters<CatalogHandle['resolve']>[0]
type ResolvedModel = Awaited<ReturnType<CatalogHandle['resolve']>>

const MAX_NAMES = 1000

/**
 * Resolves names of models, and remembers what they meant: while the store is down, aliases and
 * external ids that were asked for before still mean the same. Whether the model may be used is
 * decided elsewhere, from the snapshot.
 */
export class NameMemory {
  readonly #catalog: Pick<CatalogHandle, 'resolve'>
  readonly #known = new LRUCache<string, ResolvedModel>({ max: MAX_NAMES })

  constructor(catalog: Pick<CatalogHandle, 'resolve'>) {
    this.#catalog = catalog
  }

  /** As the catalogue's. @throws ImrsError `store-unavailable` for a name that was never resolved. */
  readonly resolve = async (name: ResolveModel, options?: CallOptions): Promise<ResolvedModel> => {
    try {
      const resolved = await this.#catalog.resolve(name, options)
      this.#known.set(keyOf(name), resolved)
      return resolved
    } catch (error) {
      options?.signal?.throwIfAborted()
      const isDown = ImrsError.is(error) && error.code === 'store-unavailable'
      const known = isDown ? this.recall(name) : undefined
      if (known === undefined) throw error
      return known
    }
  }

  /** What a name meant when it was resolved last; asks nobody. */
  recall(name: ResolveModel): ResolvedModel | undefined {
    return this.#known.get(keyOf(name))
  }
}

function keyOf({ provider, model }: ResolveModel): string {
  return JSON.stringify([provider, model])
}
