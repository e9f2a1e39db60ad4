import type { ServerResponse } from 'node:http'

import type { SingleBehaviour } from './behaviour.ts'
import { findBehaviour } from './behaviour.ts'
import { orderPieces } from './body-order.ts'
import type { CallOutcome, CallRecorder } from './call-log.ts'
import { cutHead } from './cut-head.ts'
import type { Dialect } from './dialects/dialect.ts'
import type { InterruptedBody, Interruption } from './interruption.ts'
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
  const disconnect = findBehaviour(behaviours, 'disconnect')
  if (disconnect !== undefined) {
    await cutHead(response, reply, disconnect)
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
  const pieces = isCut ? cutIntoPieces(reply).pieces : reply.pieces
  const ordered = reply.isStream ? orderPieces(pieces, behaviours) : pieces
  return sendPieces(delivery, ordered, interruptions)
}

function sendHead({ response, reply, behaviours }: Delivery, isCut: boolean): void {
  const [piece] = reply.pieces
  const isWhole = !reply.isStream && !isCut && piece !== undefined
  const length = isWhole ? { 'content-length': Buffer.byteLength(piece.text) } : {}
  const scripted = findBehaviour(behaviours, 'headers')?.headers
  response.writeHead(reply.status, { ...reply.headers, ...length, ...scripted })
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
  const { signal, pacer, recorder } = delivery
  const body = createBody(delivery)
  const pass = interruptionsOnce(interruptions, body)
  let isFinished = false
  for (const piece of pieces) {
    const { chunksSent: sent, tokensSent } = recorder.call
    const isDue = ({ afterChunks, afterFinish = false }: Interruption): boolean => {
      if (piece.kind === 'preamble') return false
      return afterFinish ? isFinished : piece.kind === 'tail' || afterChunks <= sent
    }
    if ((await pass(isDue, piece.text)) === 'ended') return 'faulted'
    if (piece.kind === 'delta' && sent > 0) await pacer.beforeChunk(piece.tokens, signal)
    await body.writer.write(piece.text)
    isFinished ||= piece.kind === 'tail'
    if (piece.usage !== undefined) recorder.note({ usageSent: piece.usage })
    if (piece.kind === 'delta') {
      recorder.note({ chunksSent: sent + 1, tokensSent: tokensSent + piece.tokens })
    }
  }
  if ((await pass(() => true, '')) === 'ended') return 'faulted'
  await body.writer.end()
  signal.throwIfAborted()
  return 'completed'
}

function createBody(delivery: Delivery): Omit<InterruptedBody, 'next'> {
  const { response, behaviours, signal, recorder, created, dialect } = delivery
  const { answerId, model } = recorder.call
  const framing = findBehaviour(behaviours, 'framing')
  const writer = createBodyWriter({ response, signal, framing })
  return { response, dialect, signal, writer, stream: { answerId, model, created } }
}

type PassInterruptions = (
  isDue: (interruption: Interruption) => boolean,
  next: string,
) => Promise<'ended' | 'going-on'>

/** Lets each interruption happen once, when it is due. */
function interruptionsOnce(
  interruptions: readonly Interruption[],
  body: Omit<InterruptedBody, 'next'>,
): PassInterruptions {
  let waiting = interruptions
  return async (isDue, next) => {
    const now = waiting.filter(isDue)
    waiting = waiting.filter((interruption) => !now.includes(interruption))
    for (const interruption of now) {
      if ((await interrupt(interruption, { ...body, next })) === 'ended') return 'ended'
    }
    return 'going-on'
  }
}
