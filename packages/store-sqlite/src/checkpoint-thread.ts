import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

import type { Database } from 'better-sqlite3'

/**
 * The log is written back into the file when it is this long, by whoever commits next: with SQLite's
 * own 1,000 pages every eightieth answer waited for the disk. Pages of 4 KiB: about 16 MB.
 */
const WAL_PAGES = 4_000

/** The same while a thread writes it back before: about 64 MB. A log that is always written to is begun anew only so. */
const WAL_PAGES_BESIDE_THREAD = 16_000

/** Rows that are changed between two checkpoints of the thread; each takes about two pages of the log. */
const ROWS_PER_CHECKPOINT = 500

/**
 * A passive checkpoint waits for nobody and holds nobody up. It is text, so that bundlers leave it
 * alone; it asks for no more than `better-sqlite3`, where this package found it.
 */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads')
  const Database = require(workerData.driver)
  const database = new Database(workerData.path, { fileMustExist: true, timeout: 0 })
  database.pragma('wal_autocheckpoint = 0')
  database.pragma('synchronous = ' + workerData.synchronous)
  parentPort.on('message', (isLast) => {
    try {
      if (isLast) database.close()
      else database.pragma('wal_checkpoint(PASSIVE)')
    } catch {
      // Another process writes it back, or the disk is full, which who commits next is told.
    }
    parentPort.postMessage(isLast)
    if (isLast) parentPort.close()
  })
`

export interface CheckpointThread {
  /** Rows were changed. */
  readonly changed: (rows: number) => void
  /** Ends the thread, if there is one; the file can be closed then. Idempotent. */
  readonly close: () => Promise<void>
}

export interface CheckpointThreadOptions {
  /** The connection that writes. */
  readonly database: Database
  readonly path: string
  readonly synchronous: 'FULL' | 'NORMAL'
}

/**
 * Writes the log back into the file in a thread of its own, which is begun once there is something to
 * write: the disk is waited for there and not in the event loop. Where no thread can be had, whoever
 * commits writes it back, as SQLite does by itself.
 */
export function checkpointThread(options: CheckpointThreadOptions): CheckpointThread {
  const { database } = options
  let thread: Worker | undefined
  let isBusy = false
  let isOver = false
  let rows = 0
  const limit = (pages: number): void => void database.pragma(`wal_autocheckpoint = ${pages}`)
  limit(WAL_PAGES)

  const fail = (): void => {
    isOver = true
    thread = undefined
    if (database.open) limit(WAL_PAGES)
  }
  const begin = (): Worker | undefined => {
    try {
      const started = startThread(options)
      started.on('message', () => {
        isBusy = false
        limit(WAL_PAGES_BESIDE_THREAD)
      })
      started.on('error', fail)
      // Last: a listener would have the process wait for the thread.
      started.unref()
      return started
    } catch {
      fail()
      return undefined
    }
  }
  return {
    changed: (count) => {
      rows += count
      if (isOver || isBusy || rows < ROWS_PER_CHECKPOINT) return
      rows = 0
      thread ??= begin()
      isBusy = thread !== undefined
      thread?.postMessage(false)
    },
    close: async () => {
      isOver = true
      const ending = thread
      thread = undefined
      if (ending === undefined) return
      ending.removeAllListeners('message')
      const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
      ending.ref()
      ending.postMessage(true)
      await ended
    },
  }
}

function startThread({ path, synchronous }: CheckpointThreadOptions): Worker {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3')
  // What this process was started with is not for a thread that runs a few statements.
  return new Worker(PROGRAM, {
    eval: true,
    execArgv: [],
    workerData: { driver, path, synchronous },
  })
}
