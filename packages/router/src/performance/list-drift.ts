import { DEFAULT_TENANT_ID, ImrsError, assertHostId, assertTime } from '@imrs/core'
import type { CallOptions, DriftAlarm, Store } from '@imrs/core'

import type { DriftQuery } from './performance-api.ts'

const MOST = 1_000

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
  assertTime('fromMs', fromMs)
  assertTime('toMs', toMs)
  if (fromMs === undefined || toMs === undefined || fromMs < toMs) return
  const message = `\`toMs\` must be after \`fromMs\`; they are ${toMs} and ${fromMs}`
  throw new ImrsError('invalid-request', message, { field: 'toMs' })
}
