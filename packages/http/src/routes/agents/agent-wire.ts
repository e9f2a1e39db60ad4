import type { AgentModel, EnableRule, EnabledModel } from '@imrs/core'
import { z } from 'zod'

import { isoOf, isoSchema } from '../../wire/values.ts'
import { fromModelFilter, modelFilterSchema } from '../models/model-query.ts'
import type { ModelFilterWire } from '../models/model-query.ts'

/** A model of an agent. */
export interface AgentModelWire {
  readonly model_id: string
  readonly display_name: string
  readonly is_enabled: boolean
  readonly priority_override: number | null
  /** The priority that counts: of the agent, of a rule or the model's own. */
  readonly priority: number
  readonly decided_by: 'row' | 'rule' | 'nothing'
  readonly rule_id: string | null
  readonly is_available: boolean
}

export const agentModelWireSchema: z.ZodType<AgentModelWire> = z.object({
  model_id: z.string(),
  display_name: z.string(),
  is_enabled: z.boolean(),
  priority_override: z.int().nullable(),
  priority: z.int(),
  decided_by: z.enum(['row', 'rule', 'nothing']),
  rule_id: z.string().nullable(),
  is_available: z.boolean(),
})

export function toAgentModelWire(
  enabled: EnabledModel,
  row: AgentModel | undefined,
): AgentModelWire {
  return {
    model_id: enabled.model.id,
    display_name: enabled.model.displayName,
    is_enabled: true,
    priority_override: row?.priorityOverride ?? null,
    priority: enabled.priority,
    decided_by: enabled.decidedBy,
    rule_id: enabled.ruleId ?? null,
    is_available: enabled.model.isAvailable,
  }
}

export interface RuleWire {
  readonly id: string
  readonly filter: ModelFilterWire
  readonly is_enabled: boolean
  readonly priority_override: number | null
  readonly enabled_by: string | null
  readonly enabled_at: string
}

export const ruleWireSchema: z.ZodType<RuleWire> = z.object({
  id: z.string(),
  filter: modelFilterSchema,
  is_enabled: z.boolean(),
  priority_override: z.int().nullable(),
  enabled_by: z.string().nullable(),
  enabled_at: isoSchema,
})

export function toRuleWire(rule: EnableRule): RuleWire {
  return {
    id: rule.id,
    filter: fromModelFilter(rule.filter),
    is_enabled: rule.isEnabled,
    priority_override: rule.priorityOverride ?? null,
    enabled_by: rule.enabledBy ?? null,
    enabled_at: isoOf(rule.enabledAtMs),
  }
}
