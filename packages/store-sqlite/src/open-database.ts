import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

import Database from 'better-sqlite3'

import { checkpointThread } from './checkpoint-thread.ts'
import type { CheckpointThread } from './checkpoint-thread.ts'
import type { ResolvedSqliteStoreOptions, SqliteDatabase } from './options.ts'

const MEMORY = ':memory:'
/** Most memory the pages of the file may take. A sync writes to every index of the catalogue, at many places. */
const CACHE_KIB = 65_536

export interface OpenedDatabase {
  readonly database: SqliteDatabase
  /** Absent in memory, and of a database of the caller's. */
  readonly checkpoints: CheckpointThread | undefined
}

/** Opens the file of the options, or returns the caller's database as it is. */
export function openDatabase({ source, durability }: ResolvedSqliteStoreOptions): OpenedDatabase {
  if (source.kind === 'database') return { database: source.database, checkpoints: undefined }
  if (source.path !== MEMORY) mkdirSync(dirname(source.path), { recursive: true })
  // Waiting is done by `whenNotBusy`, not by SQLite.
  const database = new Database(source.path, { timeout: 0 })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma(`cache_size = -${CACHE_KIB}`)
    const synchronous = durability === 'power' ? 'FULL' : 'NORMAL'
    database.pragma(`synchronous = ${synchronous}`)
    if (source.path === MEMORY) return { database, checkpoints: undefined }
    const { path } = source
    return { database, checkpoints: checkpointThread({ database, path, synchronous }) }
  } catch (error) {
    database.close()
    throw error
  }
}
