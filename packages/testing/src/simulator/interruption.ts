import type { ServerResponse } from 'node:http'

import type {
  BodyPlace,
  MalformedBehaviour,
  ResetBehaviour,
  SingleBehaviour,
  StallBehaviour,
  StreamErrorBehaviour,
  TruncateBehaviour,
} from './behaviour.ts'
import type { BrokenStream, Dialect } from './dialects/dialect.ts'
import type { Failure } from './failure.ts'
import type { BodyWriter } from './write-body.ts'

/** Something that happens between two chunks of a body. */
export type Interruption =
  | ResetBehaviour
  | TruncateBehaviour
  | StreamErrorBehaviour
  | MalformedBehaviour
  | (StallBehaviour & BodyPlace)

/** What an interruption works on. */
export interface InterruptedBody {
  readonly response: ServerResponse
  readonly writer: BodyWriter
  readonly dialect: Dialect
  readonly stream: BrokenStream
  readonly signal: AbortSignal
  /** What would have been sent next; empty at the end of the body. */
  readonly next: string
}

const MALFORMED_FRAMES: Readonly<Record<NonNullable<MalformedBehaviour['form']>, string | Buffer>> =
  {
    'cut-json': 'data: {"id":"broken","choices":[{"index":0,"del\n\n',
    'plain-text': 'data: upstream connect error\n\n',
    html: 'data: <html><body>502 Bad Gateway</body></html>\n\n',
    'invalid-utf8': Buffer.concat([
      Buffer.from('data: {"choices":[{"delta":{"content":"'),
      Buffer.from([0xff, 0xfe, 0xc3]),
      Buffer.from('\n\n'),
    ]),
  }

/** The behaviours that strike inside a body, the earliest first. */
export function interruptionsOf(behaviours: readonly SingleBehaviour[]): readonly Interruption[] {
  return behaviours
    .flatMap((behaviour): readonly Interruption[] => {
      switch (behaviour.type) {
        case 'reset':
        case 'truncate':
        case 'stream-error':
        case 'malformed':
          return [behaviour]
        case 'stall':
          return behaviour.stage === 'between-chunks'
            ? [{ ...behaviour, afterChunks: behaviour.afterChunks ?? 1 }]
            : []
        default:
          return []
      }
    })
    .toSorted((left, right) => left.afterChunks - right.afterChunks)
}

/** Lets an interruption happen; says whether the body is over. */
export async function interrupt(
  interruption: Interruption,
  body: InterruptedBody,
): Promise<'ended' | 'going-on'> {
  switch (interruption.type) {
    case 'stall':
      await interruption.gate.pass(body.signal)
      return 'going-on'
    case 'malformed':
      // A client that goes by the names of events drops those without one.
      if (body.dialect.namesEvents === true) await body.writer.write('event: content_block_delta\n')
      await body.writer.write(malformedFrame(interruption))
      return 'going-on'
    case 'reset':
      await writeBeginning(interruption, body)
      body.response.socket?.resetAndDestroy()
      return 'ended'
    case 'truncate':
      await writeBeginning(interruption, body)
      await body.writer.end()
      return 'ended'
    case 'stream-error':
      await body.writer.write(errorFrame(interruption, body))
      await body.writer.end()
      return 'ended'
  }
}

function malformedFrame({ bytes, form }: MalformedBehaviour): string | Buffer {
  if (bytes === undefined) return MALFORMED_FRAMES[form ?? 'cut-json']
  return typeof bytes === 'string' ? bytes : Buffer.from(bytes)
}

async function writeBeginning(
  { bytesOfNext = 0 }: ResetBehaviour | TruncateBehaviour,
  { writer, next }: InterruptedBody,
): Promise<void> {
  if (bytesOfNext > 0) await writer.write(Buffer.from(next).subarray(0, bytesOfNext))
}

function errorFrame(behaviour: StreamErrorBehaviour, { dialect, stream }: InterruptedBody): string {
  const failure: Failure = {
    kind: behaviour.failure ?? 'overloaded',
    message: behaviour.message,
    model: stream.model,
  }
  const payload = JSON.stringify(dialect.streamError(failure, stream))
  return `${behaviour.form === 'event' || dialect.namesEvents === true ? 'event: error\n' : ''}data: ${payload}\n\n`
}
