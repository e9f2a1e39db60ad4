import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether a text is a secret, in a time that tells nothing of either. */
export function isSameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(secret))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
