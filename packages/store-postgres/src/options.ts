import { ConfigError, systemRuntime } from '@imrs/core'
import type { Runtime } from '@imrs/core'

import { resolveConnections } from './connection-options.ts'
import type {
  PostgresConnectionOptions,
  PostgresTls,
  ResolvedConnections,
} from './connection-options.ts'

/** One statement, as `pg` takes it. */
export interface PostgresQuery {
  readonly text: string
  readonly values: unknown[]
  readonly types: { getTypeParser(oid: number, format?: string): (value: string) => unknown }
}

/** What a client is told of a channel that it listens to. */
export interface PostgresNotification {
  readonly payload?: string | undefined
}

/** The part of a `pg` client that this package calls. */
export interface PostgresClient {
  /** The server's number of the connection, by which what it runs is cancelled. Absent: it is asked for. */
  readonly processID?: number | null | undefined
  query(query: PostgresQuery): Promise<{
    readonly rows: unknown[]
    readonly rowCount: number | null
    readonly command: string
  }>
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'notification', listener: (message: PostgresNotification) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
  /** A truthy value discards the connection. */
  release(discard?: boolean): void
  /** Lets the process end though the connection is open. */
  unref?(): void
  /** Takes that back, while something is waited for. */
  ref?(): void
}

/** The part of a `pg` pool that this package calls. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>
}

/** Where a database is, and how it is reached. */
export interface PostgresSource {
  /** `postgres://user:password@host/database`. Its own parameters win over `connections`. */
  readonly connectionString?: string | undefined
  /** A `pg` pool of yours instead. It stays yours: `close()` does not end it, and its settings are left as they are. */
  readonly pool?: PostgresPool | undefined
  /** With `connectionString`: how the connections of the store's own pool are made and kept. */
  readonly connections?: PostgresConnectionOptions | undefined
  /** With `connectionString`: TLS, in place of what the string says of it. Default: what it says, `sslmode`. */
  readonly tls?: PostgresTls | undefined
}

export interface PostgresStoreOptions extends PostgresSource {
  /** The schema of the tables, made when it is not there. Default: the first of the connection's `search_path`. */
  readonly schema?: string | undefined
  /**
   * A replica for what may be a little behind: performance reports, evaluation and pages of the audit.
   * While it cannot be used, the database itself is asked. Default: none.
   */
  readonly reads?: PostgresSource | undefined
  /**
   * How the store hears of changes that other processes make: `'listen'` (LISTEN on a connection of its
   * own), or by asking every so often, milliseconds, where no connection can be kept, as behind a
   * pooler in transaction mode. Default: `'listen'`.
   */
  readonly changes?: 'listen' | { readonly pollEveryMs: number } | undefined
  /** Default: the real clock. */
  readonly runtime?: Pick<Runtime, 'now' | 'monotonic' | 'sleep' | 'random'> | undefined
}

export type ResolvedPostgresSource =
  | ({ readonly kind: 'connection-string' } & ResolvedConnections)
  | { readonly kind: 'pool'; readonly pool: PostgresPool }

export interface ResolvedPostgresStoreOptions {
  readonly source: ResolvedPostgresSource
  readonly reads: ResolvedPostgresSource | undefined
  readonly schema: string | undefined
  readonly changes: 'listen' | { readonly pollEveryMs: number }
  readonly runtime: Pick<Runtime, 'now' | 'monotonic' | 'sleep' | 'random'>
}

/** @throws ConfigError naming the option that is wrong; never the connection string, which holds a password. */
export function resolvePostgresStoreOptions(
  options: PostgresStoreOptions,
): ResolvedPostgresStoreOptions {
  if (options.schema === '') throw new ConfigError('`schema` must name a schema or be left out')
  return Object.freeze({
    source: sourceOf(options, ''),
    reads: options.reads === undefined ? undefined : sourceOf(options.reads, 'reads.'),
    schema: options.schema,
    changes: changesOf(options),
    runtime: options.runtime ?? systemRuntime,
  })
}

function changesOf({
  changes = 'listen',
}: Pick<PostgresStoreOptions, 'changes'>): 'listen' | { readonly pollEveryMs: number } {
  if (changes === 'listen') return changes
  const { pollEveryMs } = changes
  if (Number.isFinite(pollEveryMs) && pollEveryMs > 0) return changes
  throw new ConfigError(
    `\`changes.pollEveryMs\` must be milliseconds above 0, got ${String(pollEveryMs)}`,
  )
}

function sourceOf(
  { connectionString, pool, connections, tls }: PostgresSource,
  path: string,
): ResolvedPostgresSource {
  if (connectionString !== undefined && pool !== undefined) {
    throw new ConfigError(
      `\`${path}connectionString\` and \`${path}pool\` exclude each other; give one of them`,
    )
  }
  if (pool !== undefined) {
    for (const [name, value] of Object.entries({ connections, tls })) {
      if (value === undefined) continue
      throw new ConfigError(`\`${path}${name}\` is for \`connectionString\`; set it on your pool`)
    }
    return { kind: 'pool', pool }
  }
  if (connectionString === undefined || connectionString === '') {
    throw new ConfigError(
      `\`${path}connectionString\` must say where the database is, or \`${path}pool\` be given`,
    )
  }
  return {
    kind: 'connection-string',
    ...resolveConnections({ connectionString, connections, tls, path }),
  }
}
