import { ConfigError } from '@imrs/core'
import type { Store } from '@imrs/core'

import type { MigrationContext } from '../migrations/migrate.ts'

/** What tools that work on tables rather than on repositories reach a store's database by. */
export const STORE_ACCESS: unique symbol = Symbol.for('@imrs/store-kysely.access')

/** A store of this package. A copy made by spreading has the access too. */
export interface StoreWithAccess extends Store {
  readonly [STORE_ACCESS]: MigrationContext
}

/** @throws ConfigError for a store that this package did not make. */
export function accessOf(store: Store, name: string): MigrationContext {
  if (hasAccess(store)) return store[STORE_ACCESS]
  throw new ConfigError(
    `\`${name}\` must be a store of sqliteStore or postgresStore, got the ${store.name} store`,
  )
}

function hasAccess(store: Store): store is StoreWithAccess {
  return STORE_ACCESS in store
}
