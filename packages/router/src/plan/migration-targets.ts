import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions, Model } from '@imrs/core'
import { ImrsError } from '@imrs/core'
import { LRUCache } from 'lru-cache'

import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'

/** Names whose targets are kept for one state of the catalogue. */
const MAX_NAMES = 1000

type Targets = LRUCache<string, { readonly model: Model | undefined }>

/**
 * Where models went by themselves, as far as requests have asked. What was found holds for as long as
 * the models of a snapshot do: a change of an alias makes new ones.
 */
export class MigrationTargets {
  readonly #catalog: Pick<CatalogHandle, 'migrationOf'>
  readonly #known = new WeakMap<RoutingSnapshot['models'], Targets>()

  constructor(catalog: Pick<CatalogHandle, 'migrationOf'>) {
    this.#catalog = catalog
  }

  /** `undefined` when it went nowhere, and while the store cannot say. */
  async get(
    modelId: string,
    { models }: Pick<RoutingSnapshot, 'models'>,
    options?: CallOptions,
  ): Promise<Model | undefined> {
    const targets = this.#targetsOf(models)
    const known = targets.get(modelId)
    if (known !== undefined) return known.model
    try {
      const model = await this.#catalog.migrationOf(modelId, options)
      targets.set(modelId, { model })
      return model
    } catch (error) {
      options?.signal?.throwIfAborted()
      if (!ImrsError.is(error) || error.code !== 'store-unavailable') throw error
      return undefined
    }
  }

  #targetsOf(models: RoutingSnapshot['models']): Targets {
    const known = this.#known.get(models)
    if (known !== undefined) return known
    const targets: Targets = new LRUCache({ max: MAX_NAMES })
    this.#known.set(models, targets)
    return targets
  }
}
