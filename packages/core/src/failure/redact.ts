const KEY_LIKE = /\b(?:sk|pk|rk|gsk|AIza|key|Bearer)[-_ ]?[A-Za-z0-9*_.-]{6,}/g
const MAX_LENGTH = 300

/** Shorter ones, such as a local server's `none`, are no secrets, and words besides. */
const MIN_SECRET_LENGTH = 8

/**
 * A provider's sentence without the key and what looks like one, in one line, cut to 300 characters.
 *
 * @param secret the key that was used; one of fewer than 8 characters is left where it stands.
 */
export function redact(message: string, secret = ''): string {
  const open =
    secret.length < MIN_SECRET_LENGTH ? message : message.replaceAll(secret, '[redacted]')
  const clean = open.replace(KEY_LIKE, '[redacted]').replaceAll(/\s+/g, ' ').trim()
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}
