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
  const length = Math.max(1, Math.ceil(piece.text.length / 4))
  const pieces = Array.from({ length: 4 }, (_, index): Piece => {
    const text = piece.text.slice(index * length, (index + 1) * length)
    return { kind: 'delta', text, tokens: 0 }
  })
  return { ...reply, pieces }
}
