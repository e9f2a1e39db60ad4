import { ImrsError } from '@imrs/core'
import type { CallOptions } from '@imrs/core'

import type { MigrationContext } from './migrate.ts'

/** With the pauses between them, about five minutes. */
const MAX_TRIES = 60
const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 5_000

/**
 * Runs one step of a migration, and again while a lock it needs is not to be had in the short time
 * that it waits for one. The step was rolled back each time, and keeps nobody waiting in the pauses.
 */
export async function untilUnlocked<T>(
  { traits, runtime }: MigrationContext,
  options: CallOptions | undefined,
  step: () => Promise<T>,
): Promise<T> {
  let pauseMs = FIRST_PAUSE_MS
  for (let tries = 1; ; tries += 1) {
    try {
      return await step()
    } catch (error) {
      if (!isLockTimeout(error)) throw error
      if (tries === MAX_TRIES) {
        throw new ImrsError(
          'store-unavailable',
          `A migration could not lock a table in ${tries} tries: another transaction on the ` +
            `${traits.name} database holds it for minutes. End that one and migrate again`,
          { cause: error },
        )
      }
    }
    await runtime.sleep(pauseMs, options?.signal)
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
  }

  // What the session throws has the database's own error as its cause.
  function isLockTimeout(error: unknown): boolean {
    const cause = ImrsError.is(error) ? error.cause : error
    return traits.isLockTimeout?.(cause) === true
  }
}
