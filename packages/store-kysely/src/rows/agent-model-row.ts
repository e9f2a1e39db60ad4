import type { AgentModel } from '@imrs/core'
import type { Selectable } from 'kysely'

import type { AgentModelRow } from '../schema/database.ts'
import {
  fromBoolean,
  fromNullable,
  fromTime,
  present,
  toBoolean,
  toNullable,
  toTime,
} from './columns.ts'

/** A row to insert; its id comes from the database. */
export type NewAgentModelRow = Omit<Selectable<AgentModelRow>, 'id'>

export function toAgentModelRow(row: AgentModel): NewAgentModelRow {
  return {
    tenant_id: row.tenantId,
    agent_id: row.agentId,
    model_id: row.modelId,
    priority_override: toNullable(row.priorityOverride),
    is_enabled: toBoolean(row.isEnabled),
    enabled_by: toNullable(row.enabledBy),
    enabled_at: toTime(row.enabledAtMs),
  }
}

export function fromAgentModelRow(row: NewAgentModelRow): AgentModel {
  return present<AgentModel>({
    tenantId: row.tenant_id,
    agentId: row.agent_id,
    modelId: row.model_id,
    isEnabled: fromBoolean(row.is_enabled),
    priorityOverride: fromNullable(row.priority_override),
    enabledBy: fromNullable(row.enabled_by),
    enabledAtMs: fromTime(row.enabled_at),
  })
}
