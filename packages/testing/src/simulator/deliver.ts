import type { ServerResponse } from 'node:http'

import type { SingleBehaviour } from './behaviour.ts'
import { findBehaviour } from './behaviour.ts'
import type { CallOutcome, CallRecorder } from './call-log.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { Interruption } from './interruption.ts'
import { interrupt, interruptionsOf } from './interruption.ts'
import type { Pacer } from './pace.ts'
import type { Piece, Reply } from './reply.ts'
import { cutIntoPieces } from './reply.ts'
import { createBodyWriter } from './write-body.ts'

/** A reply on its way to the client. */
export interface Delivery {
  readonly response: ServerResponse
  readonly reply: Reply
  readonly behaviours: readonly SingleBehaviour[]
  readonly dialect: Dialect
  readonly recorder: CallRecorder
  readonly pacer: Pacer
  /** Aborts when the client leaves or the simulator closes. */
  readonly signal: AbortSignal
  /** Unix seconds. */
  readonly created: number
}

/**
 * Sends a reply with everything that is scripted to happen on the way.
 *
 * Resolves with how it ended; rejects with the signal's reason when the client leaves.
 */
export async function deliver(delivery: Delivery): Promise<CallOutcome> {
  const { response, behaviours, reply, signal, recorder, pacer } = delivery
  if (findBehaviour(behaviours, 'disconnect') !== undefined) {
    response.socket?.destroy()
    return 'faulted'
  }
  await passStall(delivery, 'headers')
  const interruptions = interruptionsOf(behaviours)
  const isCut = interruptions.length > 0 || findBehaviour(behaviours, 'framing') !== undefined
  if (!reply.isStream) await pacer.beforeFirst(signal)
  sendHead(delivery, isCut)
  recorder.note({ status: reply.status })
  await passStall(delivery, 'first-chunk')
  if (reply.isStream) await pacer.beforeFirst(signal)
  return sendPieces(delivery, isCut ? cutIntoPieces(reply).pieces : reply.pieces, interruptions)
}

function sendHead({ response, reply }: Delivery, isCut: boolean): void {
  const [piece] = reply.pieces
  const isWhole = !reply.isStream && !isCut && piece !== undefined
  const length = isWhole ? { 'content-length': Buffer.byteLength(piece.text) } : {}
  response.writeHead(reply.status, { ...reply.headers, ...length })
  response.flushHeaders()
}

async function passStall(
  { behaviours, signal }: Delivery,
  stage: 'headers' | 'first-chunk',
): Promise<void> {
  const stall = behaviours.find(
    (behaviour) => behaviour.type === 'stall' && behaviour.stage === stage,
  )
  if (stall?.type === 'stall') await stall.gate.pass(signal)
}

async function sendPieces(
  delivery: Delivery,
  pieces: readonly Piece[],
  interruptions: readonly Interruption[],
): Promise<CallOutcome> {
  const { response, behaviours, signal, pacer, recorder, created } = delivery
  const { answerId, model } = recorder.call
  const stream = { answerId, model, created }
  const writer = createBodyWriter({
    response,
    signal,
    framing: findBehaviour(behaviours, 'framing'),
  })
  let waiting = interruptions
  const passInterruptions = async (
    due: (interruption: Interruption) => boolean,
  ): Promise<boolean> => {
    const now = waiting.filter(due)
    waiting = waiting.filter((interruption) => !now.includes(interruption))
    for (const interruption of now) {
      if ((await interrupt(interruption, { ...delivery, writer, stream })) === 'ended') return true
    }
    return false
  }
  for (const piece of pieces) {
    const { chunksSent: sent, tokensSent } = recorder.call
    const isDue = ({ afterChunks }: Interruption): boolean => {
      if (piece.kind === 'preamble') return false
      return piece.kind === 'tail' || afterChunks <= sent
    }
    if (await passInterruptions(isDue)) return 'faulted'
    if (piece.kind === 'delta' && sent > 0) await pacer.beforeChunk(piece.tokens, signal)
    await writer.write(piece.text)
    if (piece.kind === 'delta') {
      recorder.note({ chunksSent: sent + 1, tokensSent: tokensSent + piece.tokens })
    }
  }
  if (await passInterruptions(() => true)) return 'faulted'
  await writer.end()
  signal.throwIfAborted()
  return 'completed'
}
