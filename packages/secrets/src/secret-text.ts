import { ImrsError } from '@imrs/core'

/** Printable ASCII: what an HTTP header takes. */
const ONE_LINE = /^[\x20-\x7e]+$/

/**
 * A key as it is sent: without the spaces and line breaks that copying and `echo` put around it.
 * `undefined` when nothing is left.
 */
export function trimSecret(text: string | undefined): string | undefined {
  const trimmed = text?.trim()
  return trimmed === '' ? undefined : trimmed
}

/**
 * Whether a key can be sent at all. Must be asked before: what an HTTP client throws for a line break
 * in a header quotes the header.
 */
export function isSendable(secret: string): boolean {
  return ONE_LINE.test(secret)
}

/**
 * A key that is to be kept, as it is sent.
 *
 * @throws ImrsError `invalid-request`, without the key, for one that cannot be sent.
 */
export function checkSecret(secret: string): string {
  const trimmed = trimSecret(secret)
  if (trimmed !== undefined && isSendable(trimmed)) return trimmed
  throw new ImrsError(
    'invalid-request',
    `The key must be one line of printable ASCII characters; it has ${secret.length} characters`,
    { field: 'secret' },
  )
}
