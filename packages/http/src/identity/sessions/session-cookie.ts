import { createHmac, timingSafeEqual } from 'node:crypto'

import { isUuid, timeOfUuid } from '@imrs/core'

/**
 * `<id>.<signature>`: the id is a UUIDv7, so that it says itself when it was made.
 * HMAC-SHA256 over the id under a name of its own, so that the secret can serve other things as well.
 */
export function signSession(id: string, secret: string): string {
  return `${id}.${signatureOf(id, secret)}`
}

/** The id of a cookie that was signed with the secret, and is not older than it may be. */
export function sessionOf(
  value: string,
  { secret, nowMs, maxAgeMs }: { secret: string; nowMs: number; maxAgeMs: number },
): string | undefined {
  const [id = '', signature = '', ...more] = value.split('.')
  if (more.length > 0 || !isUuid(id)) return undefined
  const expected = Buffer.from(signatureOf(id, secret))
  const given = Buffer.from(signature)
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined
  return nowMs - timeOfUuid(id) > maxAgeMs ? undefined : id
}

function signatureOf(id: string, secret: string): string {
  return createHmac('sha256', secret).update(`imrs-session:${id}`).digest('base64url')
}
