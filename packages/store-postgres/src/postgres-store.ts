import type { Store } from '@imrs/core'
import { createKyselyStore } from '@imrs/store-kysely'

import { resolvePostgresStoreOptions } from './options.ts'
import type { PostgresStoreOptions } from './options.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { postgresTraits } from './postgres-traits.ts'

/**
 * Makes a store in a PostgreSQL database, for any number of processes on any number of machines.
 * Connections are opened on first use.
 *
 * @throws ConfigError when an option is wrong.
 */
export function postgresStore(options: PostgresStoreOptions): Store {
  const resolved = resolvePostgresStoreOptions(options)
  return createKyselyStore({
    dialect: postgresDialect(resolved),
    traits: postgresTraits(resolved.schema),
  })
}
