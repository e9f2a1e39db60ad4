import { DEFAULT_TENANT_ID, ImrsError, assertHostId } from '@imrs/core'
import type { CallOptions, DriftAlarm, Store } from '@imrs/core'

import type { DriftQuery } from './performance-api.ts'

const MOST = 1_000
/** The end of the year 9999. */
const LAST_MS = 253_402_300_799_999

export interface ListDriftOptions {
  readonly store: Pick<Store, 'feedback'>
}

/** The alarms about models that changed, the last raised first. */
export async function listDrift(
  { store }: ListDriftOptions,
  query: DriftQuery,
  call?: CallOptions,
): Promise<readonly DriftAlarm[]> {
  const { tenantId = DEFAULT_TENANT_ID, limit = MOST } = query
  assertHostId('tenantId', tenantId)
  for (const agentId of query.agentIds ?? []) assertHostId('agentIds', agentId)
  assertTimes(query)
  return Object.freeze(await store.feedback.listAlarms({ ...query, tenantId, limit }, call))
}

function assertTimes({ fromMs, toMs }: DriftQuery): void {
  for (const [field, value] of Object.entries({ fromMs, toMs })) {
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= LAST_MS)) continue
    throw refuse(field, `must be epoch milliseconds, 0 to ${LAST_MS}, got ${String(value)}`)
  }
  if (fromMs === undefined || toMs === undefined || fromMs < toMs) return
  throw refuse('toMs', `must be after \`fromMs\`; they are ${toMs} and ${fromMs}`)
}

function refuse(field: string, rule: string): ImrsError {
  return new ImrsError('invalid-request', `\`${field}\` ${rule}`, { field })
}
