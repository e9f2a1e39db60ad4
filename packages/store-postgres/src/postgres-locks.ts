import type { CallOptions, HeldLock } from '@imrs/core'

import { openKeptSession } from './kept-session.ts'
import type { KeptSession, KeptSessionOptions } from './kept-session.ts'

export interface PostgresLocks {
  tryLock(name: string, options?: CallOptions): Promise<HeldLock | undefined>
  /** Gives all back. */
  close(): void
}

export interface PostgresLocksOptions extends Pick<KeptSessionOptions, 'connect' | 'runtime'> {
  readonly schema: string | undefined
}

const TAKE = `select pg_try_advisory_xact_lock(
  hashtextextended('imrs:lock:' || coalesce($1, current_schema()) || ':' || $2, 0)) as taken`

/**
 * Advisory locks, each in a transaction that stays open on a connection of its own: the server frees
 * it with the connection, whatever becomes of the process. A transaction that has read and written
 * nothing holds nothing else up, and is kept together by poolers that lend connections by transaction.
 */
export function postgresLocks({ schema, ...given }: PostgresLocksOptions): PostgresLocks {
  const sessions = new Set<KeptSession>()
  return {
    tryLock: async (name, options) => {
      const session = await openKeptSession(given)
      try {
        await session.query('begin')
        const [row] = await session.query(TAKE, [schema, name])
        options?.signal?.throwIfAborted()
        if (!isTaken(row)) {
          session.close()
          return undefined
        }
      } catch (error) {
        session.close()
        throw error
      }
      sessions.add(session)
      session.ended.addEventListener('abort', () => sessions.delete(session), { once: true })
      return {
        signal: session.ended,
        release: async () => {
          // The end of the connection ends it too; this way it is free when the call returns.
          await session.query('rollback').catch(() => undefined)
          session.close()
        },
      }
    },
    close: () => {
      for (const session of sessions) session.close()
    },
  }
}

function isTaken(row: unknown): boolean {
  return typeof row === 'object' && row !== null && 'taken' in row && Boolean(row.taken)
}
