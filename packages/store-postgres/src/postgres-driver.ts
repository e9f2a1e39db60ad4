import { CompiledQuery } from 'kysely'
import type { DatabaseConnection, Driver } from 'kysely'

import { signalOfCall, whenAborted } from './abortable-calls.ts'
import type { PostgresClient } from './options.ts'
import { postgresConnection } from './postgres-connection.ts'
import type { PostgresConnection, PostgresConnectionOptions } from './postgres-connection.ts'
import type { OpenSource } from './postgres-source.ts'

export interface PostgresDriverOptions {
  readonly source: OpenSource
  readonly runtime: PostgresConnectionOptions['runtime']
}

/** A driver over a pool: the caller's, or one that is opened on first use and ended with the store. */
export function postgresDriver({ source, runtime }: PostgresDriverOptions): Driver {
  const lent = new WeakMap<DatabaseConnection, PostgresConnection>()
  const execute = async (on: DatabaseConnection, statement: string): Promise<void> => {
    await on.executeQuery(CompiledQuery.raw(statement))
  }
  return {
    init: async () => {},
    acquireConnection: async () => {
      const client = await connectUnlessAborted(source)
      const connection = postgresConnection(client, {
        runtime,
        cancel: (processId) => cancel(source, processId),
      })
      lent.set(connection, connection)
      return connection
    },
    beginTransaction: (on) => execute(on, 'begin'),
    commitTransaction: async (on) => {
      await execute(on, 'commit')
    },
    rollbackTransaction: async (on) => {
      try {
        await execute(on, 'rollback')
      } catch (error) {
        lent.get(on)?.discard()
        throw error
      }
    },
    releaseConnection: async (on) => lent.get(on)?.release(),
    destroy: () => source.end(),
  }
}

/** A call that is aborted while it waits for a connection does not wait on; the connection goes to the next. */
async function connectUnlessAborted(source: OpenSource): Promise<PostgresClient> {
  const signal = signalOfCall()
  if (signal === undefined) return source.connect()
  signal.throwIfAborted()
  const connecting = source.connect()
  const [aborted, stop] = whenAborted(signal)
  try {
    return await Promise.race([connecting, aborted])
  } catch (error) {
    connecting.then((client) => client.release()).catch(() => undefined)
    throw error
  } finally {
    stop()
  }
}

/** Has the server stop what a connection of the same user runs. */
async function cancel(source: OpenSource, processId: number): Promise<void> {
  const client = await source.connectAside()
  try {
    await client.query({
      text: 'select pg_cancel_backend($1)',
      values: [processId],
      types: { getTypeParser: () => (value) => value },
    })
  } finally {
    client.release()
  }
}
