import type { ServerResponse } from 'node:http'

import type { FramingBehaviour } from './behaviour.ts'
import { untilAborted } from './until-aborted.ts'

/** Writes a body piece by piece; a promise resolves when its bytes have left. */
export interface BodyWriter {
  /** Rejects with the signal's reason when the client leaves. */
  write(piece: string | Buffer): Promise<void>
  end(): Promise<void>
}

/** What a body is written to, and how. */
export interface BodyTarget {
  readonly response: ServerResponse
  readonly signal: AbortSignal
  readonly framing: FramingBehaviour | undefined
}

/** Makes a writer that frames its pieces as scripted. */
export function createBodyWriter({ response, signal, framing }: BodyTarget): BodyWriter {
  return {
    write: async (piece) => {
      for (const bytes of framePiece(piece, framing)) {
        await untilAborted(writeBytes(response, bytes), signal)
      }
    },
    end: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      response.end(resolve)
      // A client that is gone never lets `end` finish.
      response.once('close', resolve)
      return promise
    },
  }
}

function framePiece(
  piece: string | Buffer,
  framing: FramingBehaviour | undefined,
): readonly Buffer[] {
  if (framing === undefined || typeof piece !== 'string') return [Buffer.from(piece)]
  const isFrame = piece.endsWith('\n\n')
  const commented = isFrame && framing.withComments === true ? `: keep-alive\n\n${piece}` : piece
  const text = isFrame ? commented.replaceAll('\n', framing.lineEnding ?? '\n') : commented
  const bytes = Buffer.from(text)
  const size = framing.bytesPerWrite ?? bytes.length
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}

function writeBytes(response: ServerResponse, bytes: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  response.write(bytes, (error) => {
    if (error) reject(error)
    else resolve()
  })
  return promise
}
