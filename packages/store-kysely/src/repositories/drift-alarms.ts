import type { DriftAlarm, DriftAlarmQuery } from '@imrs/core'

import { fromTime, toTime } from '../rows/columns.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreWork } from '../session/store-session.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

/** Alarms, the last raised first. There are few: no index is of their time. */
export async function listAlarms(
  { database, traits }: StoreWork,
  { tenantId, agentIds, modelId, fromMs, toMs, limit = DEFAULT_LIMIT }: DriftAlarmQuery,
): Promise<readonly DriftAlarm[]> {
  assertCount('limit', limit, MAX_LIMIT)
  let alarms = database.selectFrom('model_shifts').selectAll().where('tenant_id', '=', tenantId)
  if (agentIds !== undefined) {
    alarms = alarms.where('agent_id', 'in', traits.textsOf(JSON.stringify(agentIds)))
  }
  if (modelId !== undefined) alarms = alarms.where('model_id', '=', modelId)
  if (fromMs !== undefined) alarms = alarms.where('at', '>=', toTime(fromMs))
  if (toMs !== undefined) alarms = alarms.where('at', '<', toTime(toMs))
  const rows = await alarms
    .orderBy('at', 'desc')
    .orderBy('agent_id')
    .orderBy('model_id')
    .orderBy('epoch')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    agentId: row.agent_id,
    modelId: row.model_id,
    epoch: row.epoch,
    shiftMilli: row.shift_milli,
    messageId: row.message_id,
    atMs: fromTime(row.at),
  }))
}
