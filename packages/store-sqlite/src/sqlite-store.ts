import type { Store } from '@imrs/core'
import { createKyselyStore } from '@imrs/store-kysely'

import { resolveSqliteStoreOptions } from './options.ts'
import type { SqliteStoreOptions } from './options.ts'
import { sqliteDialect } from './sqlite-dialect.ts'
import { sqliteProcesses } from './sqlite-processes.ts'
import { sqliteTraits } from './sqlite-traits.ts'

/**
 * Makes a store in a SQLite file, for one process or several on one machine. The file is opened on
 * first use, and a write waits for those of other processes without blocking this one's event loop.
 *
 * @throws ConfigError when an option is wrong.
 */
export function sqliteStore(options: SqliteStoreOptions): Store {
  const resolved = resolveSqliteStoreOptions(options)
  return createKyselyStore({
    dialect: sqliteDialect(resolved),
    traits: sqliteTraits,
    processes: sqliteProcesses(resolved),
  })
}
