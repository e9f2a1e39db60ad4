import type { Server } from 'node:http'

import type { Runtime } from '@imrs/core'

import type { ClosableHandler } from '../create-handler.ts'
import type { Connections } from './connections.ts'

/** How long a client may take to read the end of an answer that was ended, milliseconds. */
const LAST_WORDS_MS = 1000

interface Closed {
  readonly connections: Connections
  /** Whatever gives answers without an end of their own. */
  readonly door: ClosableHandler | undefined
  readonly runtime: Pick<Runtime, 'sleep'>
}

/**
 * What closes a server: no more connections, none without a request, and the door with it. At the
 * deadline answers are ended; a second later, or when it is called again, what is left is cut.
 */
export function closing(
  server: Server,
  { connections, door, runtime }: Closed,
): (deadline?: AbortSignal) => Promise<void> {
  const over = new AbortController()
  const cutLater = async (): Promise<void> => {
    await runtime.sleep(LAST_WORDS_MS, undefined, { isBackground: true })
    connections.cut()
  }
  over.signal.addEventListener('abort', () => void cutLater(), { once: true })
  let closed: Promise<unknown> | undefined
  return async (deadline) => {
    const end = (): void => over.abort(new Error('The time to close is over.'))
    if (deadline?.aborted === true) end()
    else deadline?.addEventListener('abort', end, { once: true })
    if (closed === undefined) {
      const isClosed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      // Streams without an end of their own are ended by it.
      const isDone = door?.close(over.signal)
      connections.leave()
      closed = Promise.all([isClosed, isDone])
    } else if (deadline === undefined) {
      over.abort(new Error('The server was closed twice.'))
      connections.cut()
    }
    await closed
    deadline?.removeEventListener('abort', end)
  }
}
