import { CompiledQuery } from 'kysely'
import type { DatabaseConnection, Driver } from 'kysely'
import { Pool } from 'pg'

import type { PostgresPool, ResolvedPostgresStoreOptions } from './options.ts'
import { postgresConnection } from './postgres-connection.ts'
import type { PostgresConnection } from './postgres-connection.ts'

/** A driver over a pool: the caller's, or one that is opened on first use and ended with the store. */
export function postgresDriver({ source }: ResolvedPostgresStoreOptions): Driver {
  let pool: PostgresPool | undefined
  let owned: Pool | undefined
  const lent = new WeakMap<DatabaseConnection, PostgresConnection>()
  const execute = async (on: DatabaseConnection, statement: string): Promise<void> => {
    await on.executeQuery(CompiledQuery.raw(statement))
  }
  return {
    init: async () => {
      if (source.kind === 'connection-string') owned = openPool(source.connectionString)
      pool = source.kind === 'pool' ? source.pool : owned
    },
    acquireConnection: async () => {
      if (pool === undefined) throw new Error('The pool has ended')
      const connection = postgresConnection(await pool.connect())
      lent.set(connection, connection)
      return connection
    },
    beginTransaction: (on) => execute(on, 'begin'),
    commitTransaction: async (on) => {
      await execute(on, 'commit')
    },
    rollbackTransaction: async (on) => {
      try {
        await execute(on, 'rollback')
      } catch (error) {
        lent.get(on)?.discard()
        throw error
      }
    },
    releaseConnection: async (on) => lent.get(on)?.release(),
    destroy: async () => {
      pool = undefined
      await owned?.end()
    },
  }
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString })
  // A connection that dies while nobody uses it is replaced by the next call; unheard, it ends the process.
  pool.on('error', () => {})
  return pool
}
