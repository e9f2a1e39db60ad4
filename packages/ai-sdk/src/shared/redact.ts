const KEY_LIKE = /\b(?:sk|pk|rk|gsk|AIza|key|Bearer)[-_ ]?[A-Za-z0-9*_.-]{6,}/g
const MAX_LENGTH = 300

/** A provider's sentence without what looks like a key, cut to a length a person reads. */
export function redact(message: string): string {
  const clean = message.replace(KEY_LIKE, '[redacted]').replaceAll(/\s+/g, ' ').trim()
  return clean.length > MAX_LENGTH ? `${clean.slice(0, MAX_LENGTH)}…` : clean
}
