import { join } from 'node:path'

import { ImrsError } from '@imrs/core'
import type { Store } from '@imrs/core'
import { postgresStore } from '@imrs/store-postgres'
import { sqliteStore } from '@imrs/store-sqlite'
import { onTestFinished } from 'vitest'

import { createDatabase, dumpDatabase, startPostgres } from '../../../../tooling/postgres/index.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

/** A real database, which records can be kept from, and which can be read from outside. */
export interface CanaryStore {
  readonly store: Store
  /** Whether records find nobody who takes them. */
  isDown: boolean
  /** Everything that is in it, by table; empty where it is a file of the folder. */
  readonly dump: () => Promise<ReadonlyMap<string, string>>
}

/** Opens one of the test's own. A server of PostgreSQL runs for this test alone: no other one here needs it. */
export async function openCanaryStore(kind: DatabaseKind, folder: string): Promise<CanaryStore> {
  if (kind === 'sqlite') {
    return breakable(sqliteStore({ path: join(folder, 'imrs.db') }), async () => new Map())
  }
  const server = await startPostgres()
  onTestFinished(server.stop)
  const { url, drop } = await createDatabase(server.url)
  onTestFinished(drop)
  return breakable(postgresStore({ connectionString: url }), async () => dumpDatabase(url))
}

function breakable(inner: Store, dump: CanaryStore['dump']): CanaryStore {
  const ledger: Store['ledger'] = {
    ...inner.ledger,
    append: async (...given) => {
      if (opened.isDown) throw new ImrsError('store-unavailable', 'The store was switched off')
      return inner.ledger.append(...given)
    },
  }
  const opened: CanaryStore = { store: { ...inner, ledger }, isDown: false, dump }
  return opened
}
