import type { Runtime, StopWatching } from '@imrs/core'
import { catchUp } from '@imrs/store-kysely'
import type { WatchRequest } from '@imrs/store-kysely'
import Database from 'better-sqlite3'

export interface FileWatchOptions {
  readonly path: string
  /** How often the file is looked at, milliseconds. */
  readonly everyMs: number
  readonly runtime: Pick<Runtime, 'sleep'>
}

interface VersionRow {
  readonly topic: string
  readonly version: number
}

const VERSIONS = `select topic, version from change_versions
  where topic in (select value from json_each(?))`

interface OpenFile {
  readonly database: Database.Database
  /** Prepared once: they run ten times a second, as long as the process lives. */
  readonly dataVersion: Database.Statement
  readonly versions: Database.Statement
}

function openFile(path: string): OpenFile {
  const database = new Database(path, { readonly: true, timeout: 0 })
  const dataVersion = database.prepare('pragma data_version').pluck()
  return { database, dataVersion, versions: database.prepare(VERSIONS) }
}

/**
 * Looks at the file through a connection of its own, for which every commit is somebody else's: one
 * number of the file's head says whether there was one. Only then versions are compared.
 */
export class FileWatch {
  readonly #options: FileWatchOptions
  readonly #watches = new Set<WatchRequest>()
  readonly #closing = new AbortController()
  #file: OpenFile | undefined
  #version: unknown
  #running: Promise<void> | undefined

  constructor(options: FileWatchOptions) {
    this.#options = options
  }

  async watch(request: WatchRequest): Promise<StopWatching> {
    // The store makes the file on its first use.
    await request.versions([])
    this.#watches.add(request)
    if (this.#running === undefined) {
      this.#version = this.#read()
      this.#running = this.#lookUntilClosed()
    }
    // Copies may be older than the moment from which on every commit is seen.
    await catchUp(request).catch((error: unknown) => request.watcher.failed(error))
    return async () => {
      this.#watches.delete(request)
    }
  }

  /** Idempotent; never rejects. */
  async close(): Promise<void> {
    this.#watches.clear()
    this.#closing.abort(new Error('The store is closed'))
    await this.#running
    this.#file?.database.close()
    this.#file = undefined
  }

  async #lookUntilClosed(): Promise<void> {
    const { everyMs, runtime } = this.#options
    const { signal } = this.#closing
    let isTold = false
    while (!signal.aborted) {
      try {
        await runtime.sleep(everyMs, signal, { isBackground: true })
        await this.#look()
        isTold = false
      } catch (error) {
        if (!isTold) this.#tellFailed(error)
        isTold = true
      }
    }
  }

  async #look(): Promise<void> {
    const version = this.#read()
    if (version === this.#version) return
    // On this connection, which waits for no write of ours or of anybody's.
    const versions = async (topics: readonly string[]): Promise<readonly number[]> =>
      this.#versions(topics)
    const watching = [...this.#watches]
    await Promise.all(watching.map(({ watcher }) => catchUp({ watcher, versions })))
    // Last: what could not be asked is asked the next time.
    this.#version = version
  }

  #read(): unknown {
    return this.#opened().dataVersion.get()
  }

  #versions(topics: readonly string[]): readonly number[] {
    const rows = this.#opened().versions.all(JSON.stringify(topics)) as readonly VersionRow[]
    const known = new Map(rows.map(({ topic, version }) => [topic, version]))
    return topics.map((topic) => known.get(topic) ?? 0)
  }

  #opened(): OpenFile {
    this.#file ??= openFile(this.#options.path)
    return this.#file
  }

  #tellFailed(error: unknown): void {
    for (const { watcher } of this.#watches) watcher.failed(error)
  }
}
