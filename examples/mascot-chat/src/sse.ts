import { once } from 'node:events'

import type { AnswerPart } from '@imrs/core'
import type { Response } from 'express'

/** A signal that aborts as soon as the client is gone before its answer is complete. */
export function goneSignal(response: Response): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error('The client went away.'))
  })
  return controller.signal
}

/**
 * Sends parts as server-sent events, one `data:` line of JSON each, as fast as the client reads.
 *
 * What fails before the first part rejects, with nothing sent. Resolves when all of it is on its way
 * or the client is gone. Leaving the loop when the client is
 * gone ends the request to the provider.
 */
export async function sendParts(
  response: Response,
  parts: AsyncIterable<AnswerPart>,
  gone: AbortSignal,
): Promise<void> {
  for await (const part of parts) {
    if (gone.aborted) return
    if (!response.headersSent) sendHead(response)
    const hasRoom = response.write(`data: ${JSON.stringify(part)}\n\n`)
    if (!hasRoom) await eventOrGone(response, { event: 'drain', gone })
  }
  response.end()
  if (!response.writableFinished) await eventOrGone(response, { event: 'finish', gone })
}

function sendHead(response: Response): void {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  response.socket?.setNoDelay(true)
}

async function eventOrGone(
  response: Response,
  { event, gone }: { readonly event: 'drain' | 'finish'; readonly gone: AbortSignal },
): Promise<void> {
  try {
    await once(response, event, { signal: gone })
  } catch (error) {
    if (!gone.aborted) throw error
  }
}
