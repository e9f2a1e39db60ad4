import { ImrsError } from '@imrs/core'
import type { CallOptions, Runtime } from '@imrs/core'

import type { DialectTraits, StoreTables } from '../dialect-traits.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'

/** What upkeep works with. */
export interface MaintenanceContext {
  readonly session: StoreSession
  readonly traits: DialectTraits
  readonly runtime: Pick<Runtime, 'sleep'>
  readonly options: CallOptions | undefined
}

const LOCK_NAME = 'imrs:maintenance'
const MAX_TRIES = 6
const FIRST_PAUSE_MS = 100

/** What ends upkeep when another process is at it. */
class ElsewhereError extends Error {
  override readonly name = 'ElsewhereError'
}

/**
 * Runs one step in a write transaction, while no other process runs one. A step that cannot have the
 * locks of tables shortly is rolled back and tried again: whoever uses the tables never waits long.
 */
export async function maintenanceStep<T>(
  { session, traits, runtime, options }: MaintenanceContext,
  work: (given: StoreWork) => Promise<T>,
): Promise<T> {
  let pauseMs = FIRST_PAUSE_MS
  for (let tries = 1; ; tries += 1) {
    try {
      return await session.write(async (given) => {
        if ((await traits.tryLock?.(given.database, LOCK_NAME)) === false) {
          throw new ElsewhereError('Another process is at it')
        }
        return work(given)
      }, options)
    } catch (error) {
      if (tries === MAX_TRIES || traits.isLockTimeout?.(causeOf(error)) !== true) throw error
    }
    await runtime.sleep(pauseMs, options?.signal)
    pauseMs *= 2
  }
}

/** What the work gives, or `otherwise` from where another process is at it. */
export async function unlessElsewhere<T>(work: () => Promise<T>, otherwise: () => T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (causeOf(error) instanceof ElsewhereError) return otherwise()
    throw error
  }
}

/** The tables that a step works on. */
export function tablesOf({ database, traits }: StoreWork): StoreTables {
  return { database, schema: traits.schema }
}

// What the session throws has the original error as its cause.
function causeOf(error: unknown): unknown {
  return ImrsError.is(error) ? error.cause : error
}
