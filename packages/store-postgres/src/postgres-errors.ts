import type { DatabaseErrorKind } from '@imrs/store-kysely'

/** Connection exceptions, no resources, shutdown, a server that is starting, a standby, no such user or database. */
const UNAVAILABLE = /^(08|28|3D000|53|57P|58|25006|25P03|E[A-Z_]+$)/
/** Serialisation failure, deadlock. */
const RETRY = /^(40001|40P01)$/
/** A lock that was not to be had, a statement that took too long: the connection is as good as before. */
const TOO_LONG = /^(55P03|57014)$/
/** What TLS finds wrong with a certificate. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_(SSL|TLS)_|^HOSTNAME_MISMATCH$/
// pg has no codes for these.
const NO_TLS = /server does not support SSL|establishing an SSL connection/i
const LOST =
  /Connection terminated|Client has encountered a connection error|pool has ended|pool after calling end|timeout exceeded when trying to connect|already been destroyed|not queryable|timeout expired/i

export function classifyPostgresError(error: unknown): DatabaseErrorKind {
  if (!(error instanceof Error)) return 'internal'
  const code = codeOf(error)
  if (code !== undefined && RETRY.test(code)) return 'retry'
  if (hasPartitionNow(error)) return 'retry'
  if (code !== undefined && TOO_LONG.test(code)) return 'unavailable'
  return isConnectionError(error) ? 'unavailable' : 'internal'
}

/**
 * Whether a row was on its way into the partition for the rest when its month became one of its own: it
 * waited, and the rest takes it no more. The next try finds the month. Checks that we made have names.
 */
function hasPartitionNow(error: Error): boolean {
  if (codeOf(error) !== '23514') return false
  return !('constraint' in error) || error.constraint === undefined
}

/** Whether the connection, or the server, is gone rather than the statement wrong. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Several addresses of one host name were tried.
  if (error instanceof AggregateError) return error.errors.some(isConnectionError)
  const code = codeOf(error)
  if (code === undefined) return LOST.test(error.message) || NO_TLS.test(error.message)
  return UNAVAILABLE.test(code) || CERTIFICATE.test(code)
}

const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /^28/,
    'PostgreSQL refuses the user or the password; check the connection string and `pg_hba.conf`',
  ],
  [/^3D000$/, 'PostgreSQL has no database of that name; make it, or check the connection string'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, "The name of PostgreSQL's host leads nowhere; check the host"],
  [/^ECONNREFUSED$/, "Nobody listens at PostgreSQL's host and port; check that it runs, and where"],
  [/^53300$/, 'PostgreSQL has no connection left: `max_connections` are in use'],
  [
    /^25006$/,
    'PostgreSQL only reads: it is a standby, or being failed over; connect to the primary',
  ],
  [/^57014$/, 'PostgreSQL stopped a statement that took longer than `statement_timeout`'],
  [/^55P03$/, 'PostgreSQL did not give a lock within `lock_timeout`'],
  [/^42501$/, "PostgreSQL does not let this user do that; grant it, or use the tables' owner"],
  [
    CERTIFICATE,
    "PostgreSQL's certificate is not trusted, or of another host; give its authority in `tls.ca`",
  ],
]

/** Says what an error means to whoever runs the database; holds nothing of the connection string. */
export function describePostgresError(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof AggregateError) return describePostgresError(error.errors[0])
  const code = codeOf(error)
  if (code !== undefined) return MEANINGS.find(([pattern]) => pattern.test(code))?.[1]
  if (NO_TLS.test(error.message)) {
    return 'PostgreSQL does not speak TLS here; switch it on there, or leave `tls` and `sslmode` out'
  }
  return undefined
}

/** What the server tells beside its message: whole rows, keys and what functions were called with. */
const TOLD_OF_ROWS = ['detail', 'where', 'internalQuery'] as const

/** The same error without the values of rows: it becomes the cause of others, which hosts log as they are. */
export function withoutRows(error: unknown): unknown {
  if (error instanceof Error) for (const name of TOLD_OF_ROWS) Reflect.deleteProperty(error, name)
  return error
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
