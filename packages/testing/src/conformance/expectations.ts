import { inspect, isDeepStrictEqual } from 'node:util'

/** A promise that the subject did not keep. The message says what was expected and what came. */
export class BrokenPromise extends Error {
  override readonly name: string = 'BrokenPromise'
}

/** The scenario cannot be shown by this subject after all. */
export class NotShowable extends Error {
  override readonly name: string = 'NotShowable'
}

/** @throws BrokenPromise always. */
export function broken(message: string): never {
  throw new BrokenPromise(message)
}

/** @throws BrokenPromise unless the condition holds. */
export function must(condition: boolean, message: string): asserts condition {
  if (!condition) broken(message)
}

/** @throws BrokenPromise when they differ. */
export function mustEqual(actual: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(actual, expected)) return
  broken(`${what}: expected ${shown(expected)}, got ${shown(actual)}`)
}

/** @throws BrokenPromise when it is none of those expected. */
export function mustBeAmong<Value>(
  actual: unknown,
  expected: readonly Value[],
  what: string,
): asserts actual is Value {
  if (expected.some((value) => isDeepStrictEqual(actual, value))) return
  broken(`${what}: expected one of ${shown(expected)}, got ${shown(actual)}`)
}

/** A value as it stands in a message, cut where it gets long. */
export function shown(value: unknown): string {
  const text = inspect(value, { depth: 4, breakLength: 100, maxStringLength: 160 })
  return text.length <= 600 ? text : `${text.slice(0, 600)}…`
}
