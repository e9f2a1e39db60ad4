import type { ModelParameters, ParameterDefaults, ParameterDefaultsKey } from '@imrs/core'

import type { ParameterDefaultsRow } from '../schema/database.ts'
import {
  fromJsonObject,
  fromNullable,
  fromTime,
  present,
  toJson,
  toNullable,
  toTime,
} from './columns.ts'

/** Stands for all agents, and for all models. */
const ANY = ''

type KeyColumns = Pick<ParameterDefaultsRow, 'tenant_id' | 'agent_id' | 'model_id'>

export function toParameterDefaultsKey(key: ParameterDefaultsKey): KeyColumns {
  return {
    tenant_id: key.tenantId,
    agent_id: toAgentColumn(key.agentId),
    model_id: key.modelId ?? ANY,
  }
}

export function toAgentColumn(agentId: string | undefined): string {
  return agentId ?? ANY
}

export function toParameterDefaultsRow(defaults: ParameterDefaults): ParameterDefaultsRow {
  return {
    ...toParameterDefaultsKey(defaults),
    parameters: toJson(defaults.parameters),
    updated_by: toNullable(defaults.updatedBy),
    updated_at: toTime(defaults.updatedAtMs),
  }
}

export function fromParameterDefaultsRow(row: ParameterDefaultsRow): ParameterDefaults {
  return present<ParameterDefaults>({
    tenantId: row.tenant_id,
    agentId: row.agent_id === ANY ? undefined : row.agent_id,
    modelId: row.model_id === ANY ? undefined : row.model_id,
    parameters: fromJsonObject<ModelParameters>(row.parameters),
    updatedBy: fromNullable(row.updated_by),
    updatedAtMs: fromTime(row.updated_at),
  })
}
