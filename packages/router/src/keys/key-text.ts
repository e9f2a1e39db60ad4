import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const SECRET_BYTES = 32
const KEY = /^imrs_([0-9a-f]{32})_([\w-]{43})$/

/** The two parts of a key: the id of its row, and what only its bearer knows. */
export interface KeyParts {
  /** A UUID. */
  readonly id: string
  readonly secret: string
}

/** A secret of 256 bits. Not from the runtime: nobody may be able to decide what it is. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** `imrs_<id>_<secret>`, so that people and scanners see what it is. */
export function writeKey({ id, secret }: KeyParts): string {
  return `imrs_${id.replaceAll('-', '')}_${secret}`
}

/** `undefined` for text that is no key of ours. */
export function readKey(text: string): KeyParts | undefined {
  const [, hex, secret] = KEY.exec(text) ?? []
  if (hex === undefined || secret === undefined) return undefined
  return { id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'), secret }
}

/** A secret of 256 random bits cannot be guessed from its hash, so a fast one will do. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Whether a secret is the one of the hash. Takes as long wherever they differ. */
export function isSecretOf(secret: string, hash: string): boolean {
  const given = Buffer.from(hashOf(secret), 'hex')
  const expected = Buffer.from(hash, 'hex')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
