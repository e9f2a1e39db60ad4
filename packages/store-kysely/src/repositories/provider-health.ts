import type {
  HealthChangeQuery,
  HealthStatus,
  ProviderHealth,
  ProviderHealthChange,
  ProviderRepository,
} from '@imrs/core'

import { fromTime, toTime } from '../rows/columns.ts'
import { fromHealthChangeRow } from '../rows/health-change-row.ts'
import { fromHealthRow, toHealthRow } from '../rows/provider-row.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

/** What a provider counts as of which nothing was stored. */
const UNOBSERVED: HealthStatus = 'healthy'

type HealthMethods = Pick<ProviderRepository, 'putHealth' | 'listHealth' | 'listHealthChanges'>

/** How providers are, and how they were. */
export function healthMethods(session: StoreSession): HealthMethods {
  return {
    putHealth: (health, options) => session.write((work) => putHealth(work, health), options),
    listHealth: (options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('provider_health')
          .selectAll()
          .orderBy('provider_id')
          .execute()
        return rows.map(fromHealthRow)
      }, options),
    listHealthChanges: (query, options) =>
      session.read((work) => listChanges(work, query ?? {}), options),
  }
}

/**
 * The row is locked between reading and writing it, and is there from the first statement on: of
 * processes that come together each compares with what the one before it left.
 */
async function putHealth({ database, traits }: StoreWork, health: ProviderHealth): Promise<void> {
  const { provider_id: id, ...row } = toHealthRow(health)
  await database
    .insertInto('provider_health')
    .values({ ...row, provider_id: id, status: UNOBSERVED, error: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const stored = database
    .selectFrom('provider_health')
    .select(['status', 'checked_at'])
    .where('provider_id', '=', id)
  const before = await (
    traits.supportsRowLocks ? stored.forUpdate() : stored
  ).executeTakeFirstOrThrow()
  if (fromTime(before.checked_at) > health.checkedAtMs) return
  await database.updateTable('provider_health').set(row).where('provider_id', '=', id).execute()
  if (before.status === row.status) return
  const { status: to_status, checked_at: at, error } = row
  await database
    .insertInto('provider_health_history')
    .values({ provider_id: id, at, from_status: before.status, to_status, error })
    .execute()
}

async function listChanges(
  { database }: StoreWork,
  { providerId, fromMs, toMs, beforeSeq, limit = DEFAULT_LIMIT }: HealthChangeQuery,
): Promise<readonly ProviderHealthChange[]> {
  assertCount('limit', limit, MAX_LIMIT)
  let changes = database.selectFrom('provider_health_history').selectAll()
  if (providerId !== undefined) changes = changes.where('provider_id', '=', providerId)
  if (fromMs !== undefined) changes = changes.where('at', '>=', toTime(fromMs))
  if (toMs !== undefined) changes = changes.where('at', '<', toTime(toMs))
  if (beforeSeq !== undefined) changes = changes.where('seq', '<', beforeSeq)
  const rows = await changes.orderBy('seq', 'desc').limit(limit).execute()
  return rows.map(fromHealthChangeRow)
}
