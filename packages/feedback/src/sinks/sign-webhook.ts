import { createHmac } from 'node:crypto'

import { SinkError } from '@imrs/core'

export interface SignedContent {
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly body: string
}

const PREFIX = 'whsec_'
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
/** What the specification asks for: 24 to 64 bytes. Shorter ones are in use. */
const MIN_KEY_BYTES = 16

/**
 * The `webhook-signature` of the Standard Webhooks specification: `v1,` and the HMAC-SHA256 of
 * `id.timestamp.body`. Several keys with spaces between them make several signatures, so that a key
 * can be replaced while the receiver still checks the old one.
 *
 * @throws SinkError `credentials` when a key is not `whsec_` and Base64.
 */
export function signWebhook(sink: string, secret: string, content: SignedContent): string {
  const signed = `${content.id}.${content.timestamp}.${content.body}`
  return secret
    .trim()
    .split(/\s+/)
    .map((key) => `v1,${createHmac('sha256', keyBytes(sink, key)).update(signed).digest('base64')}`)
    .join(' ')
}

function keyBytes(sink: string, key: string): Uint8Array {
  const encoded = key.slice(PREFIX.length)
  if (key.startsWith(PREFIX) && BASE64.test(encoded)) {
    const bytes = Buffer.from(encoded, 'base64')
    if (bytes.byteLength >= MIN_KEY_BYTES) return bytes
  }
  throw new SinkError(
    'credentials',
    `The key of the sink ${sink} must be whsec_ and Base64 of 16 bytes or more`,
  )
}
