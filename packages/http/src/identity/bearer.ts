/** The token of a bearer credential; `undefined` when the request brings none. */
export function bearerOf({ headers }: Request): string | undefined {
  return /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
}
