import type { EnableRule, EnableRuleFilter } from '@imrs/core'

import type { EnableRuleRow } from '../schema/database.ts'
import {
  fromBoolean,
  fromJsonObject,
  fromNullable,
  fromTime,
  present,
  toBoolean,
  toJson,
  toNullable,
  toTime,
} from './columns.ts'

export function toEnableRuleRow(rule: EnableRule): EnableRuleRow {
  return {
    tenant_id: rule.tenantId,
    agent_id: rule.agentId,
    id: rule.id,
    filter: toJson(rule.filter),
    is_enabled: toBoolean(rule.isEnabled),
    priority_override: toNullable(rule.priorityOverride),
    enabled_by: toNullable(rule.enabledBy),
    enabled_at: toTime(rule.enabledAtMs),
  }
}

export function fromEnableRuleRow(row: EnableRuleRow): EnableRule {
  return present<EnableRule>({
    tenantId: row.tenant_id,
    agentId: row.agent_id,
    id: row.id,
    filter: fromJsonObject<EnableRuleFilter>(row.filter),
    isEnabled: fromBoolean(row.is_enabled),
    priorityOverride: fromNullable(row.priority_override),
    enabledBy: fromNullable(row.enabled_by),
    enabledAtMs: fromTime(row.enabled_at),
  })
}
