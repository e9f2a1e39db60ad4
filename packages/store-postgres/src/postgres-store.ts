import type { Store } from '@imrs/core'
import { createKyselyStore } from '@imrs/store-kysely'

import { resolvePostgresStoreOptions } from './options.ts'
import type { PostgresStoreOptions } from './options.ts'
import { postgresDialect } from './postgres-dialect.ts'
import { postgresProcesses } from './postgres-processes.ts'
import { openSource } from './postgres-source.ts'
import { postgresTraits } from './postgres-traits.ts'
import { postgresReads } from './replica.ts'

/**
 * Makes a store in a PostgreSQL database, for any number of processes on any number of machines.
 * Connections are opened on first use.
 *
 * @throws ConfigError when an option is wrong.
 */
export function postgresStore(options: PostgresStoreOptions): Store {
  const { reads, runtime, ...resolved } = resolvePostgresStoreOptions(options)
  const source = openSource(resolved.source)
  return createKyselyStore({
    dialect: postgresDialect({ source, runtime }),
    traits: postgresTraits(resolved.schema),
    processes: postgresProcesses({ ...resolved, connect: source.connectAside, runtime }),
    reads: reads === undefined ? undefined : postgresReads(reads, runtime),
    runtime,
  })
}
