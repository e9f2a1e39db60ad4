import { storableParameters } from '@imrs/store-kysely'
import type { StatementBatch } from '@imrs/store-kysely'
import type { DatabaseConnection, QueryResult } from 'kysely'

import type { OpenedDatabase } from './open-database.ts'
import type { ResolvedSqliteStoreOptions, SqliteDatabase, SqliteStatement } from './options.ts'
import { whenNotBusy } from './when-not-busy.ts'

/**
 * Takes the write lock now: a transaction that reads first and writes later would fail when another
 * process wrote in between.
 */
export const BEGIN = 'begin immediate'
export const COMMIT = 'commit'

/** Prepared statements kept; ours are a few dozen, and some twice for their number of rows. */
const MAX_STATEMENTS = 200

/** A connection of this package's driver. */
export interface SqliteConnection extends DatabaseConnection {
  /** Runs statements as one write transaction; once it has begun, it is over before anything else happens. */
  executeAll(batch: StatementBatch): Promise<void>
}

export function sqliteConnection(
  { database, checkpoints }: OpenedDatabase,
  options: ResolvedSqliteStoreOptions,
): SqliteConnection {
  const prepare = cachedStatements(database)
  const execute = <Row>(statement: SqliteStatement, parameters: unknown[]): QueryResult<Row> => {
    const result = run<Row>(statement, parameters)
    if (result.numAffectedRows !== undefined) checkpoints?.changed(Number(result.numAffectedRows))
    return result
  }
  return {
    executeAll: async ({ steps, check }) => {
      await whenNotBusy(() => execute(prepare(BEGIN), []), options)
      try {
        check()
        let step = steps.next([])
        while (step.done !== true) {
          const { sql, parameters } = step.value
          step = steps.next(execute(prepare(sql), storableParameters(parameters)).rows)
        }
        await whenNotBusy(() => execute(prepare(COMMIT), []), options)
      } catch (error) {
        // SQLite has rolled back by itself after some errors, a full disk for one.
        if (database.inTransaction) execute(prepare('rollback'), [])
        throw error
      }
    },
    executeQuery: async <Row>(query: {
      readonly sql: string
      readonly parameters: readonly unknown[]
    }): Promise<QueryResult<Row>> => {
      const statement = prepare(query.sql)
      const parameters = storableParameters(query.parameters)
      return whenNotBusy(() => execute<Row>(statement, parameters), options)
    },
    streamQuery: () => {
      throw new Error('The SQLite store does not stream rows')
    },
  }
}

function run<Row>(statement: SqliteStatement, parameters: unknown[]): QueryResult<Row> {
  // The caller's query says what its rows are.
  if (statement.reader) return { rows: statement.all(...spread(parameters)) as Row[] }
  const { changes } = statement.run(...spread(parameters))
  return { rows: [], numAffectedRows: BigInt(changes) }
}

/** One array argument: tens of thousands of parameters would overflow the stack as arguments. */
function spread(parameters: unknown[]): unknown[] {
  return parameters.length === 0 ? [] : [parameters]
}

function cachedStatements(database: SqliteDatabase): (sql: string) => SqliteStatement {
  const statements = new Map<string, SqliteStatement>()
  return (sql) => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const [oldest] = statements.keys()
    if (statements.size >= MAX_STATEMENTS && oldest !== undefined) statements.delete(oldest)
    const statement = database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
}
