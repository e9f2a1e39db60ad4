import type { Runtime } from '@imrs/core'
import { storableParameters } from '@imrs/store-kysely'
import { AbortedTransactionError } from 'kysely'
import type { DatabaseConnection, QueryResult } from 'kysely'

import { signalOfCall, whenAborted } from './abortable-calls.ts'
import type { PostgresClient, PostgresQuery } from './options.ts'
import { isConnectionError, withoutRows } from './postgres-errors.ts'
import { typeParsers } from './type-parsers.ts'

/** A client of the pool while it is lent. */
export interface PostgresConnection extends DatabaseConnection {
  /** Has the pool throw the client away instead of lending it again. */
  discard(): void
  release(): void
}

export interface PostgresConnectionOptions {
  readonly runtime: Pick<Runtime, 'sleep'>
  /** Has the server stop what the connection of this number runs. */
  readonly cancel: (processId: number) => Promise<void>
}

/** Ends what `set statement_timeout` began. */
export const RESET_STATEMENT_TIMEOUT = 'reset statement_timeout'

/** How long an aborted statement may take to end before its connection is thrown away, milliseconds. */
const CANCEL_WITHIN_MS = 2_000

/** What decides a transaction is not stopped half-way, nor what makes a connection as it was. */
const UNSTOPPABLE: readonly string[] = ['begin', 'commit', 'rollback', RESET_STATEMENT_TIMEOUT]

type Result = Awaited<ReturnType<PostgresClient['query']>>

export function postgresConnection(
  client: PostgresClient,
  options: PostgresConnectionOptions,
): PostgresConnection {
  let isDiscarded = false
  const discard = (): void => {
    isDiscarded = true
  }
  // A pool listens only to its idle clients; the death of a lent one, unheard, would end the process.
  // The statement that runs, or the next one, fails of it and tells the caller.
  client.on('error', discard)
  const run = async (query: PostgresQuery): Promise<Result> => {
    const signal = UNSTOPPABLE.includes(query.text) ? undefined : signalOfCall()
    if (signal === undefined) return client.query(query)
    signal.throwIfAborted()
    return stoppable({ client, query, signal, discard, ...options })
  }
  return {
    executeQuery: async <Row>(query: {
      readonly sql: string
      readonly parameters: readonly unknown[]
    }): Promise<QueryResult<Row>> => {
      const values = storableParameters(query.parameters)
      try {
        const result = await run({ text: query.sql, values, types: typeParsers })
        // PostgreSQL answers a commit of a failed transaction by rolling it back, without an error.
        if (query.sql === 'commit' && result.command === 'ROLLBACK') {
          throw new AbortedTransactionError()
        }
        // The caller's query says what its rows are.
        return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount ?? 0) }
      } catch (error) {
        isDiscarded ||= isConnectionError(error)
        throw withoutRows(error)
      }
    },
    streamQuery: () => {
      throw new Error('The PostgreSQL store does not stream rows')
    },
    discard,
    release: () => {
      client.release(isDiscarded)
      // Last: a client that is thrown away may still have its socket closing.
      if (!isDiscarded) client.off('error', discard)
    },
  }
}

interface StoppableQuery extends PostgresConnectionOptions {
  readonly client: PostgresClient
  readonly query: PostgresQuery
  readonly signal: AbortSignal
  readonly discard: () => void
}

/** Runs a statement that the server is told to stop when the signal aborts; then it rejects with the reason. */
async function stoppable(given: StoppableQuery): Promise<Result> {
  const { client, query, signal } = given
  const running = client.query(query)
  const [aborted, stop] = whenAborted(signal)
  try {
    return await Promise.race([running, aborted])
  } catch (error) {
    if (signal.aborted && error === signal.reason) await stopped(given, running)
    throw error
  } finally {
    stop()
  }
}

/**
 * Resolves when the statement has ended, whatever became of it. The connection is kept until then: the
 * next statement on it would be the one that is cancelled. One that was not stopped by it in time, or
 * not by it at all, goes with its connection.
 */
async function stopped(
  { client, runtime, cancel, discard }: StoppableQuery,
  running: Promise<Result>,
): Promise<void> {
  const waiting = new AbortController()
  const late = runtime.sleep(CANCEL_WITHIN_MS, waiting.signal).catch(() => undefined)
  const { processID: processId } = client
  const cancelling =
    typeof processId === 'number'
      ? Promise.allSettled([cancel(processId), running])
      : Promise.reject(new Error('Nobody knows its number'))
  const ended = await Promise.race([
    cancelling.then(
      ([, outcome]) => outcome.status === 'rejected',
      () => false,
    ),
    late.then(() => false),
  ])
  waiting.abort()
  if (!ended) discard()
}
