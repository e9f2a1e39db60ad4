import type { Answer } from './answers/answer.ts'
import type { SimulatedUsage } from './behaviour.ts'

/**
 * A part of a reply's body that is sent in one write.
 *
 * `preamble`: before anything visible. `delta`: visible; these are counted. `tail`: the end
 * (finish reason, usage, `[DONE]`).
 */
export interface Piece {
  readonly kind: 'preamble' | 'delta' | 'tail'
  readonly text: string
  /** Tokens of output that it carries. */
  readonly tokens: number
  /** What it says of the tokens so far. */
  readonly usage?: SimulatedUsage | undefined
}

/** A reply as a dialect wants it on the wire, before any scripted fault. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly pieces: readonly Piece[]
  readonly isStream: boolean
  /** Set on the refusals that the request itself deserved. */
  readonly isRefusal: boolean
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

/** A JSON reply. */
export function jsonReply(
  body: unknown,
  {
    status = 200,
    headers = {},
  }: { status?: number; headers?: Readonly<Record<string, string>> } = {},
): Reply {
  return textReply(JSON.stringify(body), { status, headers: { ...JSON_TYPE, ...headers } })
}

/** The body of an answer in one piece. */
export function answerReply(
  body: unknown,
  answer: Pick<Answer, 'usage' | 'isUsageShown'>,
  headers: Reply['headers'] = {},
): Reply {
  const reply = jsonReply(body, { headers })
  const usage = answer.isUsageShown ? answer.usage : undefined
  return { ...reply, pieces: reply.pieces.map((piece) => ({ ...piece, usage })) }
}

/** A reply of text, with its content type among the headers. */
export function textReply(
  text: string,
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
): Reply {
  const pieces: readonly Piece[] = [{ kind: 'delta', text, tokens: 0 }]
  return { status, headers, pieces, isStream: false, isRefusal: false }
}

/** A reply of server-sent events. */
export function streamReply(
  pieces: readonly Piece[],
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const type = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
  return { status: 200, headers: { ...type, ...headers }, pieces, isStream: true, isRefusal: false }
}

/** One server-sent event that carries JSON. */
export function dataFrame(payload: unknown): string {
  return `data: ${JSON.stringify(payload)}\n\n`
}

/** A JSON body cut into four, so that transport faults have somewhere to strike. */
export function cutIntoPieces(reply: Reply): Reply {
  const [piece] = reply.pieces
  if (reply.isStream || piece === undefined || reply.pieces.length > 1) return reply
  // By characters: half of one cannot be sent.
  const characters = Array.from(piece.text)
  const length = Math.max(1, Math.ceil(characters.length / 4))
  const pieces = Array.from({ length: 4 }, (_, index): Piece => {
    const text = characters.slice(index * length, (index + 1) * length).join('')
    return { kind: 'delta', text, tokens: 0, usage: index === 3 ? piece.usage : undefined }
  })
  return { ...reply, pieces }
}
