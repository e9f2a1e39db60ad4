import { storableParameters } from '@imrs/store-kysely'
import { AbortedTransactionError } from 'kysely'
import type { DatabaseConnection, QueryResult } from 'kysely'

import type { PostgresClient } from './options.ts'
import { isConnectionError } from './postgres-errors.ts'
import { typeParsers } from './type-parsers.ts'

/** A client of the pool while it is lent. */
export interface PostgresConnection extends DatabaseConnection {
  /** Has the pool throw the client away instead of lending it again. */
  discard(): void
  release(): void
}

export function postgresConnection(client: PostgresClient): PostgresConnection {
  let isDiscarded = false
  // A pool listens only to its idle clients; the death of a lent one, unheard, would end the process.
  // The statement that runs, or the next one, fails of it and tells the caller.
  const onError = (): void => {
    isDiscarded = true
  }
  client.on('error', onError)
  return {
    executeQuery: async <Row>(query: {
      readonly sql: string
      readonly parameters: readonly unknown[]
    }): Promise<QueryResult<Row>> => {
      const values = storableParameters(query.parameters)
      try {
        const result = await client.query({ text: query.sql, values, types: typeParsers })
        // PostgreSQL answers a commit of a failed transaction by rolling it back, without an error.
        if (query.sql === 'commit' && result.command === 'ROLLBACK') {
          throw new AbortedTransactionError()
        }
        // The caller's query says what its rows are.
        return { rows: result.rows as Row[], numAffectedRows: BigInt(result.rowCount ?? 0) }
      } catch (error) {
        isDiscarded ||= isConnectionError(error)
        throw error
      }
    },
    streamQuery: () => {
      throw new Error('The PostgreSQL store does not stream rows')
    },
    discard: () => {
      isDiscarded = true
    },
    release: () => {
      client.release(isDiscarded)
      // Last: a client that is thrown away may still have its socket closing.
      if (!isDiscarded) client.off('error', onError)
    },
  }
}
