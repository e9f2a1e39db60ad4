import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

import type { HeldLock } from '@imrs/core'
import Database from 'better-sqlite3'

import { codeOf } from './sqlite-traits.ts'

export interface FileLocks {
  tryLock(name: string): HeldLock | undefined
  /** Gives all back. */
  close(): void
}

/**
 * Locks of the operating system, one file beside the database for each name: an exclusive transaction
 * on a SQLite file of its own, in which nothing is ever written. The system frees it with the process,
 * however that ends; the empty file stays.
 */
export function fileLocks(path: string): FileLocks {
  const held = new Set<() => void>()
  return {
    tryLock: (name) => {
      mkdirSync(dirname(path), { recursive: true })
      const database = new Database(`${path}.${name}.lock`, { timeout: 0 })
      try {
        database.exec('begin exclusive')
      } catch (error) {
        database.close()
        if (codeOf(error)?.startsWith('SQLITE_BUSY') === true) return undefined
        throw error
      }
      return heldLock(held, () => void database.close())
    },
    close: () => closeAll(held),
  }
}

/** Locks of a database that no other process can reach. */
export function memoryLocks(): FileLocks {
  const names = new Set<string>()
  const held = new Set<() => void>()
  return {
    tryLock: (name) => {
      if (names.has(name)) return undefined
      names.add(name)
      return heldLock(held, () => void names.delete(name))
    },
    close: () => closeAll(held),
  }
}

function heldLock(held: Set<() => void>, free: () => void): HeldLock {
  const ending = new AbortController()
  const end = (): void => {
    if (!held.delete(end)) return
    ending.abort(new Error('The lock was given back'))
    free()
  }
  held.add(end)
  return { signal: ending.signal, release: async () => end() }
}

function closeAll(held: ReadonlySet<() => void>): void {
  for (const end of held) end()
}
