import { createHash } from 'node:crypto'

import type { Reply } from '../endpoint/endpoint.ts'

/** A body as it is sent, written out once. */
export interface SentJson {
  /** Names what it says. */
  readonly etag: string
  readonly json: Uint8Array<ArrayBuffer>
}

/** `said` is what the body says, where some of it is no matter of that. Default: all of it. */
export function toSentJson(body: object, said: object = body): SentJson {
  const digest = createHash('sha256').update(JSON.stringify(said)).digest('base64url')
  return {
    etag: `W/"${digest.slice(0, 27)}"`,
    json: new TextEncoder().encode(JSON.stringify(body)),
  }
}

/** Sends it, unless `if-none-match` says that the reader has it. */
export function replyUnlessKnown(
  { etag, json }: SentJson,
  { request, caching }: { readonly request: Request; readonly caching: string },
): Reply {
  const headers = { etag, 'cache-control': caching, vary: 'authorization, cookie, origin' }
  const known =
    request.headers
      .get('if-none-match')
      ?.split(',')
      .map((name) => name.trim()) ?? []
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers }
  return new Response(json, { headers: { ...headers, 'content-type': 'application/json' } })
}
