import { randomBytes } from 'node:crypto'

/** A secret made for one run, that must be found nowhere but where it belongs. */
export interface Canary {
  readonly name: string
  readonly secret: string
}

/** A secret that no pattern for keys would know: only what knows the key itself can take it out. */
export function canary(name: string): Canary {
  return { name, secret: `QX${randomBytes(18).toString('hex').toUpperCase()}` }
}

/** Every form in which a secret could have been written down. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  return [
    secret,
    secret.toLowerCase(),
    // Enough to be known by: the ends alone are what some providers echo.
    secret.slice(4, 24),
    bytes.toString('base64url').slice(0, 40),
    bytes.toString('hex'),
  ]
}

/** Where canaries were found: `openai in response of chat`. */
export function findCanaries(
  canaries: readonly Canary[],
  places: ReadonlyMap<string, string>,
): readonly string[] {
  return canaries.flatMap(({ name, secret }) =>
    [...places].flatMap(([place, text]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [`${name} in ${place}`] : [],
    ),
  )
}

/** What an object says, errors and their causes included. */
export function textOf(value: unknown, depth = 0): string {
  if (typeof value === 'function' || depth > 6) return ''
  if (value instanceof Error) {
    const more = Object.entries(value).map(([name, member]) => `${name}=${textOf(member, depth + 1)}`)
    return `${value.name} ${value.message} ${value.stack ?? ''} ${more.join(' ')} ${textOf(value.cause, depth + 1)}`
  }
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, member]) => `${name}=${textOf(member, depth + 1)}`)
    .join(' ')
}
