/** The field of what may be an object. */
export function fieldOf(value: unknown, key: string): unknown {
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined
  // It is an object that has the key.
  return (value as Readonly<Record<string, unknown>>)[key]
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
