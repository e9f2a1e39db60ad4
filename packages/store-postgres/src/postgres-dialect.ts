import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Dialect } from 'kysely'

import { postgresDriver } from './postgres-driver.ts'
import type { PostgresDriverOptions } from './postgres-driver.ts'

/**
 * Migrations run in a transaction that holds an advisory lock of ours until it ends. Kysely's own
 * lock belongs to the session: after a failed migration it could not be given back.
 */
class TransactionLockedAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

export function postgresDialect(options: PostgresDriverOptions): Dialect {
  return {
    createDriver: () => postgresDriver(options),
    createAdapter: () => new TransactionLockedAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (database) => new PostgresIntrospector(database),
  }
}
