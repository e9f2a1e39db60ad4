import type { Contender } from './contender.ts'
import { PIECE } from './server-mode.ts'
import type { ServerMode } from './server-mode.ts'

/** What one call took, milliseconds. */
export interface CallTimes {
  readonly firstMs: number
  readonly totalMs: number
}

/**
 * One call, timed.
 *
 * @throws Error when not every piece of the answer came: nobody is fast by leaving something out.
 */
export async function timedCall(contender: Contender, mode: ServerMode): Promise<CallTimes> {
  let characters = 0
  let firstMs = Number.NaN
  const start = performance.now()
  await contender.call((text) => {
    if (characters === 0) firstMs = performance.now() - start
    characters += text.length
  })
  const totalMs = performance.now() - start
  const expected = mode.pieces * PIECE.length
  if (characters !== expected) {
    throw new Error(`The answer has ${characters} characters in place of ${expected}`)
  }
  return { firstMs, totalMs }
}
