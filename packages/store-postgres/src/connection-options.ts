import { ConfigError } from '@imrs/core'
import type { ClientConfig } from 'pg'

/** How the connections of a pool of ours are made and kept. Times in milliseconds; 0 is no limit. */
export interface PostgresConnectionOptions {
  /** Most connections at a time; calls beyond wait for one. Default: 10. */
  readonly max?: number | undefined
  /** How long a connection is kept that nobody uses. Default: 30,000. */
  readonly idleTimeoutMs?: number | undefined
  /** How long a call waits for a connection, a free one or a new one. Default: 10,000. */
  readonly connectionTimeoutMs?: number | undefined
  /** How long the server works on one statement. Default: 60,000. */
  readonly statementTimeoutMs?: number | undefined
  /** How long a statement waits for a lock. Default: 30,000. */
  readonly lockTimeoutMs?: number | undefined
  /** After how long the server ends a transaction whose process says nothing more. Default: 60,000. */
  readonly idleInTransactionTimeoutMs?: number | undefined
  /** The name in `pg_stat_activity`. Default: `imrs`. */
  readonly applicationName?: string | undefined
  /** Whether the system watches over idle connections. Default: `true`. */
  readonly keepAlive?: boolean | undefined
}

/** How a connection is encrypted. */
export interface PostgresTls {
  /** Certificates of the authorities that are trusted, PEM. Default: those that Node trusts. */
  readonly ca?: string | readonly string[] | undefined
  /** Whether a server is refused whose certificate is not trusted or of another host. Default: `true`. */
  readonly rejectUnauthorized?: boolean | undefined
  /** The name the server's certificate must be of. Default: the host of the connection string. */
  readonly servername?: string | undefined
  /** A certificate of the client's own, PEM, with its `key`. Default: none. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
}

/** What `pg` is given for each connection, and what its pool keeps to. */
export interface ResolvedConnections {
  readonly client: ClientConfig
  readonly max: number
  readonly idleTimeoutMs: number
}

/** Timers of Node take no more. */
const LONGEST_MS = 2_147_483_647

/** What a connection string says of TLS. */
const TLS_PARAMETERS = [
  'ssl',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslpassword',
  'sslnegotiation',
  'uselibpqcompat',
]

export interface GivenConnections {
  readonly connectionString: string
  readonly connections: PostgresConnectionOptions | undefined
  readonly tls: PostgresTls | undefined
  /** What stands before the names of the options in messages. */
  readonly path: string
}

/** @throws ConfigError naming the option that is wrong. */
export function resolveConnections(given: GivenConnections): ResolvedConnections {
  const { connections = {}, tls, path } = given
  const milliseconds = (name: keyof PostgresConnectionOptions, byDefault: number): number =>
    wholeNumber(`${path}connections.${name}`, connections[name] ?? byDefault, {
      from: 0,
      to: LONGEST_MS,
    })
  const client: ClientConfig = {
    connectionString: tls === undefined ? given.connectionString : withoutTls(given),
    application_name: connections.applicationName ?? 'imrs',
    keepAlive: connections.keepAlive ?? true,
    connectionTimeoutMillis: milliseconds('connectionTimeoutMs', 10_000),
    statement_timeout: milliseconds('statementTimeoutMs', 60_000),
    lock_timeout: milliseconds('lockTimeoutMs', 30_000),
    idle_in_transaction_session_timeout: milliseconds('idleInTransactionTimeoutMs', 60_000),
    ...(tls === undefined ? {} : { ssl: sslOf(tls, path) }),
  }
  return Object.freeze({
    client: Object.freeze(client),
    max: wholeNumber(`${path}connections.max`, connections.max ?? 10, { from: 1, to: 10_000 }),
    idleTimeoutMs: milliseconds('idleTimeoutMs', 30_000),
  })
}

function sslOf(tls: PostgresTls, path: string): NonNullable<ClientConfig['ssl']> {
  const { ca, rejectUnauthorized = true, servername, cert, key } = tls
  if ((cert === undefined) !== (key === undefined)) {
    throw new ConfigError(`\`${path}tls.cert\` and \`${path}tls.key\` belong together; give both`)
  }
  return {
    rejectUnauthorized,
    ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [...ca] }),
    ...(servername === undefined ? {} : { servername }),
    ...(cert === undefined ? {} : { cert, key }),
  }
}

/** `pg` lets the string win over the option, and drops the authorities of the option with it. */
function withoutTls({ connectionString, path }: GivenConnections): string {
  if (!URL.canParse(connectionString)) {
    throw new ConfigError(
      `\`${path}tls\` needs a \`${path}connectionString\` of the form postgres://host/database`,
    )
  }
  const url = new URL(connectionString)
  for (const name of TLS_PARAMETERS) url.searchParams.delete(name)
  return url.href
}

function wholeNumber(
  name: string,
  value: unknown,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) {
    return value
  }
  throw new ConfigError(
    `\`${name}\` must be a whole number, ${from} to ${to}, got ${String(value)}`,
  )
}
