import type { Runtime } from '@imrs/core'

import type { PostgresClient } from './options.ts'
import { typeParsers } from './type-parsers.ts'

export interface KeptSessionOptions {
  /** Gives a client that nobody else uses until it is released. */
  readonly connect: () => Promise<PostgresClient>
  readonly runtime: Pick<Runtime, 'sleep'>
  /** Told the payload of every notification that the session listens to. */
  readonly onNotification?: ((payload: string) => void) | undefined
}

/** A connection that is kept for what it holds: a lock, or that it listens. */
export interface KeptSession {
  /** Aborted once the connection is gone, with the reason, or closed. */
  readonly ended: AbortSignal
  query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>
  /** Closes the connection; it is not used again by anyone. Idempotent. */
  close(): void
}

/** How long a connection may be silently dead before it is noticed, at most twice this. */
const HEARTBEAT_MS = 5_000

/** Has the server notice a client that is gone without a word, instead of after two hours. */
const KEEPALIVE = `select set_config('tcp_keepalives_idle', '10', false),
  set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false)`

/** Opens a session, and asks it every few seconds whether it is still there. It alone keeps no process alive. */
export async function openKeptSession(options: KeptSessionOptions): Promise<KeptSession> {
  const { connect, runtime, onNotification } = options
  const client = await connect()
  const ending = new AbortController()
  const end = (reason: unknown): void => {
    if (ending.signal.aborted) return
    ending.abort(reason)
    client.release(true)
  }
  // The listener stays: a client that is thrown away may still have its socket closing.
  client.on('error', end)
  if (onNotification !== undefined) {
    client.on('notification', ({ payload }) => {
      if (payload !== undefined) onNotification(payload)
    })
  }
  client.unref?.()
  const session: KeptSession = {
    ended: ending.signal,
    query: async (text, values = []) => {
      ending.signal.throwIfAborted()
      const result = await client.query({ text, values: [...values], types: typeParsers })
      return result.rows
    },
    close: () => end(CLOSED),
  }
  try {
    await session.query(KEEPALIVE)
  } catch (error) {
    end(error)
    throw error
  }
  void keepAsking(session, runtime, end)
  return session
}

const CLOSED = new Error('The connection was closed')

async function keepAsking(
  session: KeptSession,
  { sleep }: Pick<Runtime, 'sleep'>,
  end: (reason: unknown) => void,
): Promise<void> {
  const background = { isBackground: true }
  try {
    for (;;) {
      await sleep(HEARTBEAT_MS, session.ended, background)
      const answered = new AbortController()
      const late = sleep(HEARTBEAT_MS, answered.signal, background).then(
        () => Promise.reject(new Error('The connection does not answer')),
        () => undefined,
      )
      try {
        await Promise.race([session.query('select 1'), late])
      } finally {
        answered.abort()
      }
    }
  } catch (error) {
    end(error)
  }
}
