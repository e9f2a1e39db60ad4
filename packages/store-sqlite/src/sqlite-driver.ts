import { CompiledQuery } from 'kysely'
import type { DatabaseConnection, Driver } from 'kysely'

import { openDatabase } from './open-database.ts'
import type { OpenedDatabase } from './open-database.ts'
import type { ResolvedSqliteStoreOptions } from './options.ts'
import { BEGIN, COMMIT, sqliteConnection } from './sqlite-connection.ts'
import { whenNotBusy } from './when-not-busy.ts'

/**
 * A driver of one connection. Kysely lends it to one caller at a time, so a transaction is never
 * joined by another call's statements.
 */
export function sqliteDriver(options: ResolvedSqliteStoreOptions): Driver {
  let opened: OpenedDatabase | undefined
  let connection: DatabaseConnection | undefined
  const execute = async (on: DatabaseConnection, statement: string): Promise<void> => {
    await on.executeQuery(CompiledQuery.raw(statement))
  }
  const rollBack = async (on: DatabaseConnection): Promise<void> => {
    // SQLite has rolled back by itself after some errors, a full disk for one.
    if (opened?.database.inTransaction !== false) await execute(on, 'rollback')
  }
  return {
    init: async () => {
      opened = await whenNotBusy(() => openDatabase(options), options)
      connection = sqliteConnection(opened, options)
    },
    acquireConnection: async () => {
      if (connection === undefined) throw new Error('The database connection is not open')
      return connection
    },
    beginTransaction: (on) => execute(on, BEGIN),
    commitTransaction: (on) => execute(on, COMMIT),
    rollbackTransaction: rollBack,
    releaseConnection: async () => {},
    destroy: async () => {
      await opened?.checkpoints?.close()
      if (options.source.kind === 'path') opened?.database.close()
      connection = undefined
    },
  }
}
