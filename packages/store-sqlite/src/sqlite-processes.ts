import type { ProcessSupport } from '@imrs/store-kysely'

import { fileLocks, memoryLocks } from './file-locks.ts'
import { FileWatch } from './file-watch.ts'
import type { ResolvedSqliteStoreOptions, SqliteDatabase } from './options.ts'

const MEMORY = ':memory:'

/** How processes on one file hear of each other. A database in memory has nobody to hear of. */
export function sqliteProcesses(options: ResolvedSqliteStoreOptions): ProcessSupport {
  const path = pathOf(options)
  const locks = path === undefined ? memoryLocks() : fileLocks(path)
  const files =
    path === undefined
      ? undefined
      : new FileWatch({ path, everyMs: options.lookEveryMs, runtime: options.runtime })
  return {
    ...(files === undefined ? {} : { watch: (request) => files.watch(request) }),
    tryLock: async (name) => locks.tryLock(name),
    close: async () => {
      locks.close()
      await files?.close()
    },
  }
}

function pathOf({ source }: ResolvedSqliteStoreOptions): string | undefined {
  const path = source.kind === 'path' ? source.path : fileOf(source.database)
  return path === MEMORY || path === '' ? undefined : path
}

/** The file of the host's database; empty for one in memory. */
function fileOf(database: SqliteDatabase): string {
  const rows = database.prepare('pragma database_list').all()
  const main = rows.find((row) => textOf(row, 'name') === 'main')
  return textOf(main, 'file')
}

function textOf(row: unknown, column: string): string {
  if (typeof row !== 'object' || row === null) return ''
  const value: unknown = Reflect.get(row, column)
  return typeof value === 'string' ? value : ''
}
