import type { DatabaseErrorKind } from '@imrs/store-kysely'

/** Connection exceptions, no resources, shutdown, a server that is starting. */
const UNAVAILABLE = /^(08|53|57P|58|25006|E[A-Z]+$)/
/** Serialisation failure, deadlock. */
const RETRY = /^(40001|40P01)$/
// pg has no codes for these.
const LOST =
  /Connection terminated|Client has encountered a connection error|pool has ended|pool after calling end|timeout exceeded when trying to connect|already been destroyed|not queryable/i

export function classifyPostgresError(error: unknown): DatabaseErrorKind {
  if (!(error instanceof Error)) return 'internal'
  const code = codeOf(error)
  if (code !== undefined && RETRY.test(code)) return 'retry'
  return isConnectionError(error) ? 'unavailable' : 'internal'
}

/** Whether the connection, or the server, is gone rather than the statement wrong. */
export function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // Several addresses of one host name were tried.
  if (error instanceof AggregateError) return error.errors.some(isConnectionError)
  const code = codeOf(error)
  return code === undefined ? LOST.test(error.message) : UNAVAILABLE.test(code)
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
