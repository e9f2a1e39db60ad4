import { ConfigError } from '@imrs/core'

/** One statement, as `pg` takes it. */
export interface PostgresQuery {
  readonly text: string
  readonly values: unknown[]
  readonly types: { getTypeParser(oid: number, format?: string): (value: string) => unknown }
}

/** The part of a `pg` client that this package calls. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<{
    readonly rows: unknown[]
    readonly rowCount: number | null
    readonly command: string
  }>
  on(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
  /** A truthy value discards the connection. */
  release(discard?: boolean): void
}

/** The part of a `pg` pool that this package calls. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>
}

export interface PostgresStoreOptions {
  /** Where the database is: `postgres://user:password@host/database`. */
  readonly connectionString?: string | undefined
  /** A `pg` pool of yours instead. It stays yours: `close()` does not end it. */
  readonly pool?: PostgresPool | undefined
  /** The schema of the tables, made when it is not there. Default: the first of the connection's `search_path`. */
  readonly schema?: string | undefined
}

export interface ResolvedPostgresStoreOptions {
  readonly source:
    | { readonly kind: 'connection-string'; readonly connectionString: string }
    | { readonly kind: 'pool'; readonly pool: PostgresPool }
  readonly schema: string | undefined
}

/** @throws ConfigError naming the option that is wrong; never the connection string, which holds a password. */
export function resolvePostgresStoreOptions(
  options: PostgresStoreOptions,
): ResolvedPostgresStoreOptions {
  if (options.schema === '') throw new ConfigError('`schema` must name a schema or be left out')
  return Object.freeze({ source: sourceOf(options), schema: options.schema })
}

function sourceOf({
  connectionString,
  pool,
}: PostgresStoreOptions): ResolvedPostgresStoreOptions['source'] {
  if (connectionString !== undefined && pool !== undefined) {
    throw new ConfigError('`connectionString` and `pool` exclude each other; give one of them')
  }
  if (pool !== undefined) return { kind: 'pool', pool }
  if (connectionString === undefined || connectionString === '') {
    throw new ConfigError('`connectionString` must say where the database is, or `pool` be given')
  }
  return { kind: 'connection-string', connectionString }
}
