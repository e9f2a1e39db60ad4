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

/**
 * Opens a session, and asks it every few seconds whether it is still there. It keeps the process alive
 * only while a caller waits for a statement.
 */
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
  const ask = async (text: string, values: readonly unknown[]): Promise<readonly unknown[]> => {
    ending.signal.throwIfAborted()
    const result = await client.query({ text, values: [...values], types: typeParsers })
    return result.rows
  }
  let running = 0
  const session: KeptSession = {
    ended: ending.signal,
    query: async (text, values = []) => {
      running += 1
      client.ref?.()
      try {
        return await ask(text, values)
      } finally {
        running -= 1
        if (running === 0) client.unref?.()
      }
    },
    close: () => end(CLOSED),
  }
  try {
    await session.query(KEEPALIVE)
  } catch (error) {
    end(error)
    throw error
  }
  const beat = { ask: () => ask('select 1', []), ended: ending.signal, end }
  void keepAsking(beat, runtime)
  return session
}

const CLOSED = new Error('The connection was closed')

interface Heartbeat {
  readonly ask: () => Promise<unknown>
  readonly ended: AbortSignal
  readonly end: (reason: unknown) => void
}

async function keepAsking(
  { ask, ended, end }: Heartbeat,
  { sleep }: Pick<Runtime, 'sleep'>,
): Promise<void> {
  const background = { isBackground: true }
  try {
    for (;;) {
      await sleep(HEARTBEAT_MS, ended, background)
      const answered = new AbortController()
      const late = sleep(HEARTBEAT_MS, answered.signal, background).then(
        () => Promise.reject(new Error('The connection does not answer')),
        () => undefined,
      )
      try {
        await Promise.race([ask(), late])
      } finally {
        answered.abort()
      }
    }
  } catch (error) {
    end(error)
  }
}
