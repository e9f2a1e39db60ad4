import type { ResolvedSqliteStoreOptions } from './options.ts'
import { codeOf } from './sqlite-traits.ts'

const FIRST_PAUSE_MS = 1
const LONGEST_PAUSE_MS = 20

/**
 * Runs a statement, and again while another connection holds the lock, until the busy timeout.
 *
 * SQLite's own busy handler sleeps in this thread: no other work of the process would go on, and a
 * second store in the same process could never finish the transaction that is waited for.
 */
export async function whenNotBusy<T>(
  run: () => T,
  { busyTimeoutMs, runtime }: ResolvedSqliteStoreOptions,
): Promise<T> {
  const endMs = runtime.monotonic() + busyTimeoutMs
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    try {
      return run()
    } catch (error) {
      if (!isBusy(error) || runtime.monotonic() >= endMs) throw error
    }
    await runtime.sleep(pauseMs)
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error)?.startsWith('SQLITE_BUSY') === true
}
