import type { IncomingMessage } from 'node:http'

import type { Result } from './failure.ts'
import { refuse, succeed } from './failure.ts'

const LARGEST_BODY = 20 * 1024 * 1024

/**
 * Reads the body of a request to its end and parses it as JSON; no body is `undefined`.
 *
 * More than 20 MB are read and thrown away, so that the client can still read the refusal. Rejects
 * when the client leaves in the middle.
 */
export async function readJsonBody(request: IncomingMessage): Promise<Result<unknown>> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= LARGEST_BODY) chunks.push(chunk)
  }
  if (length > LARGEST_BODY) return refuse({ kind: 'payload-too-large' })
  if (length === 0) return succeed(undefined)
  try {
    return succeed(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  } catch {
    return refuse({ kind: 'malformed-json' })
  }
}
