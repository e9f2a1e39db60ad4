import { Pool } from 'pg'

import type { PostgresClient, PostgresPool, ResolvedPostgresSource } from './options.ts'
import { openOwnClient } from './own-client.ts'

/** Where the connections to one server come from. Nothing is opened before it is asked for. */
export interface OpenSource {
  /** One of the pool. */
  readonly connect: () => Promise<PostgresClient>
  /**
   * One that takes no place in the pool of ours, so that it comes when all of that are taken; closed
   * when it is released. From a pool of the host's it is one like the others.
   */
  readonly connectAside: () => Promise<PostgresClient>
  /** Ends what was opened here. Idempotent. */
  readonly end: () => Promise<void>
}

export function openSource(source: ResolvedPostgresSource): OpenSource {
  if (source.kind === 'pool') {
    const connect = (): Promise<PostgresClient> => source.pool.connect()
    return { connect, connectAside: connect, end: async () => {} }
  }
  let pool: Pool | undefined
  let isEnded = false
  const opened = (): PostgresPool => {
    if (isEnded) throw new Error('The pool has ended')
    pool ??= openPool(source)
    return pool
  }
  return {
    connect: async () => opened().connect(),
    connectAside: () => openOwnClient(source.client),
    end: async () => {
      if (isEnded) return
      isEnded = true
      await pool?.end()
    },
  }
}

type OwnSource = Extract<ResolvedPostgresSource, { kind: 'connection-string' }>

function openPool({ client, max, idleTimeoutMs }: OwnSource): Pool {
  const pool = new Pool({ ...client, max, idleTimeoutMillis: idleTimeoutMs })
  // A connection that dies while nobody uses it is replaced by the next call; unheard, it ends the process.
  pool.on('error', () => {})
  return pool
}
