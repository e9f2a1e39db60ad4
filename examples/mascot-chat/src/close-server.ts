import type { Server } from 'node:http'

import type { AnswersInFlight } from './answers-in-flight.ts'

/** How long a client may take to read the end of its answer. */
const LAST_WORDS_MS = 1000

export interface CloseServerOptions {
  readonly answers: AnswersInFlight
  /** How long answers may go on. */
  readonly graceMs: number
}

/** Takes no more requests, lets answers end, and cuts what is left of the connections. */
export async function closeServer(
  server: Server,
  { answers, graceMs }: CloseServerOptions,
): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const cut = setTimeout(() => server.closeAllConnections(), graceMs + LAST_WORDS_MS)
  await answers.finish(AbortSignal.timeout(graceMs))
  server.closeIdleConnections()
  await closed
  clearTimeout(cut)
}
