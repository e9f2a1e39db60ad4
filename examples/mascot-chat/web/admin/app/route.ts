import { useSyncExternalStore } from 'react'

/** Where in the admin one is: `#/models/openai%2Fgpt-4o?tab=usage`. */
export interface Route {
  /** Decoded parts of the path. */
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

export type RouteQuery = Readonly<Record<string, string | undefined>>

/** The address of a screen. What is `undefined` or empty in the query is left out. */
export function linkTo(path: readonly string[], query: RouteQuery = {}): string {
  const parts = path.map((part) => encodeURIComponent(part)).join('/')
  const entries = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '',
  )
  const search = entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`
  return `#/${parts}${search}`
}

export function goTo(path: readonly string[], query?: RouteQuery): void {
  location.hash = linkTo(path, query)
}

/** Changes the query of the screen without a new entry in the history. */
export function replaceQuery({ path }: Route, query: RouteQuery): void {
  history.replaceState(null, '', linkTo(path, query))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  return {
    path: path
      .split('/')
      .filter((part) => part !== '')
      .map(decoded),
    query: Object.fromEntries(new URLSearchParams(search)),
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // Typed by hand, with a lone percent sign.
    return part
  }
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(onHash, () => location.hash))
}

function onHash(listener: () => void): () => void {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}
