import type { AdminApi } from '../api/admin-api.ts'
import type { Cancellable } from '../api/use-api.ts'
import type { HealthChangeWire, HealthWire, ProviderWire } from '../api/wire.ts'
import type { HealthPeriod } from './health-period.ts'

/** How providers were in a period that ends now. */
export interface HealthHistory {
  readonly period: HealthPeriod
  readonly fromMs: number
  readonly toMs: number
  readonly providers: readonly ProviderWire[]
  /** How they are now. */
  readonly health: readonly HealthWire[]
  /** The newest first. */
  readonly changes: readonly HealthChangeWire[]
  /** Before this time not all changes were read. Default: all were. */
  readonly isWholeSinceMs: number | undefined
}

const PAGE_SIZE = 1000
/** A provider that comes and goes each minute makes as many in a week. */
const MOST_PAGES = 10

/** Reads how providers are, and every change of a period. */
export async function readHealthHistory(
  api: AdminApi,
  period: HealthPeriod,
  sending: Cancellable,
): Promise<HealthHistory> {
  const toMs = Date.now()
  const fromMs = toMs - period.lengthMs
  const [providers, health, read] = await Promise.all([
    api.providers(sending),
    api.providerHealth(sending),
    readChanges(api, new Date(fromMs).toISOString(), sending),
  ])
  const last = read.changes.at(-1)
  return {
    period,
    fromMs,
    toMs,
    providers: providers.items,
    health: health.items,
    changes: read.changes,
    isWholeSinceMs: read.isCut && last !== undefined ? Date.parse(last.at) : undefined,
  }
}

interface ChangesRead {
  readonly changes: readonly HealthChangeWire[]
  readonly isCut: boolean
}

async function readChanges(
  api: AdminApi,
  from: string,
  sending: Cancellable,
): Promise<ChangesRead> {
  const changes: HealthChangeWire[] = []
  let before: number | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const read = await api.healthHistory({ from, before, limit: PAGE_SIZE }, sending)
    changes.push(...read.items)
    if (read.next_before === null) return { changes, isCut: false }
    before = read.next_before
  }
  return { changes, isCut: true }
}
