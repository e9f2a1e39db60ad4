import type { Store } from '@imrs/core'

import { accessOf } from '../session/store-access.ts'
import { migrate } from './migrate.ts'
import type { MigrateOptions } from './migrate.ts'

/**
 * `store.migrate()` for tools: stops after a migration if told so, and says what it applied. A database
 * that is not at the newest version is of no use to a router of this version.
 *
 * @returns the names of the migrations that this call applied.
 * @throws ImrsError as `store.migrate()` does; ConfigError for a store of another package.
 */
export async function migrateStore(
  store: Store,
  options?: MigrateOptions,
): Promise<readonly string[]> {
  return migrate(accessOf(store, 'store'), options)
}
