import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Dialect } from 'kysely'

import { postgresDriver } from './postgres-driver.ts'
import type { PostgresDriverOptions } from './postgres-driver.ts'

export function postgresDialect(options: PostgresDriverOptions): Dialect {
  return {
    createDriver: () => postgresDriver(options),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (database) => new PostgresIntrospector(database),
  }
}
