import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

import Database from 'better-sqlite3'

import type { ResolvedSqliteStoreOptions, SqliteDatabase } from './options.ts'

const MEMORY = ':memory:'
/** Most memory the pages of the file may take. A sync writes to every index of the catalogue, at many places. */
const CACHE_KIB = 65_536

/**
 * The log is written back into the file when it is this long, by whoever commits next: with SQLite's
 * own 1,000 pages every eightieth answer waited for the disk. Pages of 4 KiB: about 16 MB.
 */
const WAL_PAGES = 4_000

/** Opens the file of the options, or returns the caller's database as it is. */
export function openDatabase({ source, durability }: ResolvedSqliteStoreOptions): SqliteDatabase {
  if (source.kind === 'database') return source.database
  if (source.path !== MEMORY) mkdirSync(dirname(source.path), { recursive: true })
  // Waiting is done by `whenNotBusy`, not by SQLite.
  const database = new Database(source.path, { timeout: 0 })
  try {
    database.pragma('journal_mode = WAL')
    database.pragma(`cache_size = -${CACHE_KIB}`)
    database.pragma(`wal_autocheckpoint = ${WAL_PAGES}`)
    database.pragma(`synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}
