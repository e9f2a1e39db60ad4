import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Dialect } from 'kysely'

import type { ResolvedSqliteStoreOptions } from './options.ts'
import { sqliteDriver } from './sqlite-driver.ts'

export function sqliteDialect(options: ResolvedSqliteStoreOptions): Dialect {
  return {
    createDriver: () => sqliteDriver(options),
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (database) => new SqliteIntrospector(database),
  }
}
