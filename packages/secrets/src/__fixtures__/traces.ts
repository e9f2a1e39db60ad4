import { inspect } from 'node:util'

/** Everything that a log, a serializer or a debugger could show of a value. */
export function traces(value: unknown): string {
  return [...seen(value, new Set())].join('\n')
}

function* seen(value: unknown, visited: Set<unknown>): Generator<string> {
  if (visited.has(value)) return
  visited.add(value)
  yield inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true })
  yield String(value)
  yield JSON.stringify(value) ?? ''
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Error) yield `${value.name} ${value.message} ${value.stack ?? ''}`
  for (const key of Reflect.ownKeys(value)) {
    yield String(key)
    yield* seen(Reflect.get(value, key), visited)
  }
}
