import type { VaultRuntime } from './options.ts'
import type { VaultSessions } from './vault-session.ts'

const DAY_MS = 86_400_000
const RETRY_MS = 10_000
const SHORTEST_MS = 1_000

/**
 * Renews the token whenever it is time to, until the signal aborts or there is no token left that
 * ends. Never rejects.
 */
export async function keepTokenAlive(
  sessions: VaultSessions,
  runtime: VaultRuntime,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (let waitMs = nextWaitMs(sessions, runtime); waitMs !== undefined;) {
      await runtime.sleep(waitMs, signal)
      await sessions.ensure(signal)
      waitMs = nextWaitMs(sessions, runtime)
    }
  } catch {
    // Stopped: `ensure` rejects for no other reason.
  }
}

/** At most a day, since timers of the platform overflow after 24; soon again when a renewal failed. */
function nextWaitMs(sessions: VaultSessions, { monotonic }: VaultRuntime): number | undefined {
  const session = sessions.current()
  if (session === undefined || session.expiresAtMs === Number.POSITIVE_INFINITY) return undefined
  const nowMs = monotonic()
  const untilDueMs = session.renewAtMs - nowMs
  const retryMs = Math.min(RETRY_MS, (session.expiresAtMs - nowMs) / 4)
  const waitMs = untilDueMs > 0 ? untilDueMs : retryMs
  return Math.min(DAY_MS, Math.max(SHORTEST_MS, waitMs))
}
