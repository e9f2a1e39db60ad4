import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Dialect } from 'kysely'

import type { ResolvedSqliteStoreOptions } from './options.ts'
import { sqliteDriver } from './sqlite-driver.ts'

/** SQLite can change its schema in a transaction, and ours always does. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

export function sqliteDialect(options: ResolvedSqliteStoreOptions): Dialect {
  return {
    createDriver: () => sqliteDriver(options),
    createAdapter: () => new TransactionalSqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (database) => new SqliteIntrospector(database),
  }
}
