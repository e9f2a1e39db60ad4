import type { ModelsResponse } from '@imrs/core'
import { CATALOG_TOPIC } from '@imrs/core'

import type { CatalogParts } from './catalog-parts.ts'
import type { ProviderView } from './model-status.ts'

/** Deadlines of models pass while nothing changes; an answer is as old as this at most. */
const KEPT_MS = 60_000

/** What a response without keys of the caller's is made of, but for the models. */
export interface ResponseSource {
  /** Read before the models are, so that a response is never older than its version. */
  readonly version: number
  readonly providers: readonly ProviderView[]
  readonly atMs: number
}

/** The last response, for as long as it would say the same: reading 4,000 models takes tens of milliseconds. */
export interface ResponseMemo {
  /** Concurrent callers may make it several times; each then gets what it made. */
  get(source: ResponseSource, make: () => Promise<ModelsResponse>): Promise<ModelsResponse>
}

export function createResponseMemo(): ResponseMemo {
  let lastName: string | undefined
  let last: ModelsResponse | undefined
  return {
    get: async ({ version, providers, atMs }, make) => {
      const name = JSON.stringify([version, Math.floor(atMs / KEPT_MS), providers])
      if (last !== undefined && name === lastName) return last
      const response = Object.freeze(await make())
      lastName = name
      last = response
      return response
    },
  }
}

/** The version of the catalogue. */
export async function catalogVersion({ store }: Pick<CatalogParts, 'store'>): Promise<number> {
  const [version = 0] = await store.changes.versions([CATALOG_TOPIC])
  return version
}
