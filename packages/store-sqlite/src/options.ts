import { ConfigError, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

/** The part of a better-sqlite3 statement that this package calls. */
export interface SqliteStatement {
  /** Whether it gives rows. */
  readonly reader: boolean
  all(...parameters: unknown[]): unknown[]
  run(...parameters: unknown[]): { readonly changes: number | bigint }
}

/** The part of a better-sqlite3 database that this package calls. */
export interface SqliteDatabase {
  readonly inTransaction: boolean
  prepare(sql: string): SqliteStatement
  close(): unknown
}

export interface SqliteStoreOptions {
  /** The file, made together with its folder when it is not there; `:memory:` for one that lives in this process. */
  readonly path?: string | undefined
  /**
   * A better-sqlite3 database of yours instead of `path`. It stays yours: `close()` does not close it
   * and its pragmas are left as they are (set `journal_mode = WAL` and a busy timeout yourself).
   */
  readonly database?: SqliteDatabase | undefined
  /** How long a write waits for another process to finish its own, milliseconds. Default: 10,000. */
  readonly busyTimeoutMs?: number | undefined
  /** What a finished write survives: the death of the process, or a power cut too. Default: `process`. */
  readonly durability?: 'process' | 'power' | undefined
  /** How often the file is looked at for changes of other processes, milliseconds. Default: 100. */
  readonly lookEveryMs?: number | undefined
  /** Default: the real clock. */
  readonly runtime?: Pick<Runtime, 'monotonic' | 'sleep'> | undefined
}

export interface ResolvedSqliteStoreOptions {
  readonly source:
    | { readonly kind: 'path'; readonly path: string }
    | { readonly kind: 'database'; readonly database: SqliteDatabase }
  readonly busyTimeoutMs: number
  readonly durability: 'process' | 'power'
  readonly lookEveryMs: number
  readonly runtime: Pick<Runtime, 'monotonic' | 'sleep'>
}

const DEFAULT_BUSY_TIMEOUT_MS = 10_000
const DEFAULT_LOOK_MS = 100

/** @throws ConfigError naming the option that is wrong. */
export function resolveSqliteStoreOptions(options: SqliteStoreOptions): ResolvedSqliteStoreOptions {
  const busyTimeoutMs = options.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS
  if (!Number.isInteger(busyTimeoutMs) || busyTimeoutMs < 0) {
    throw new ConfigError(`\`busyTimeoutMs\` must be a whole number from 0, got ${busyTimeoutMs}`)
  }
  const durability: string = options.durability ?? 'process'
  if (durability !== 'process' && durability !== 'power') {
    throw new ConfigError(`\`durability\` must be 'process' or 'power', got '${durability}'`)
  }
  const lookEveryMs = options.lookEveryMs ?? DEFAULT_LOOK_MS
  if (!Number.isFinite(lookEveryMs) || lookEveryMs < 1) {
    throw new ConfigError(`\`lookEveryMs\` must be a number from 1, got ${lookEveryMs}`)
  }
  return Object.freeze({
    source: sourceOf(options),
    busyTimeoutMs,
    durability,
    lookEveryMs,
    runtime: options.runtime ?? systemRuntime,
  })
}

function sourceOf({ path, database }: SqliteStoreOptions): ResolvedSqliteStoreOptions['source'] {
  if (path !== undefined && database !== undefined) {
    throw new ConfigError('`path` and `database` exclude each other; give one of them')
  }
  if (database !== undefined) return { kind: 'database', database }
  if (path === undefined || path === '') {
    throw new ConfigError("`path` must name the database's file, or `:memory:`")
  }
  return { kind: 'path', path }
}
