/**
 * A deep, frozen copy as a database would give it back: members that are `undefined` are gone, and
 * characters no database holds (NUL, lone surrogates) are U+FFFD.
 */
export function frozenCopy<T>(value: T): T {
  // The shape is kept; only members that were `undefined`, and so optional, are left out.
  return copy(value) as T
}

function copy(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return Object.freeze(value.map(copy))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [storableText(key), copy(member)] as const)
  return Object.freeze(Object.fromEntries(members))
}

function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD')
}
