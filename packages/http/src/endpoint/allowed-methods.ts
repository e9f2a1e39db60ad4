import type { Endpoint } from './endpoint.ts'

/** The methods a path takes, by the endpoints that are there; none where there is no such path. */
export function allowedMethods(
  endpoints: readonly Pick<Endpoint, 'method' | 'path'>[],
  basePath: string,
): (path: string) => readonly string[] {
  const known = endpoints.map(({ method, path }) => ({
    method: method.toUpperCase(),
    parts: `${basePath}${path}`.split('/'),
  }))
  return (path) => {
    const parts = path.split('/')
    const methods = known.filter((each) => fits(each.parts, parts)).map(({ method }) => method)
    if (methods.length === 0) return []
    return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])]
  }
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  if (pattern.length !== parts.length) return false
  return pattern.every((part, at) => (part.startsWith('{') ? parts[at] !== '' : part === parts[at]))
}
