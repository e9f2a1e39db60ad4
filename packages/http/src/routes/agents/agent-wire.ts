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

/** One page of the models that are enabled for an agent. */
export interface AgentModelPageWire {
  readonly agent_id: string
  readonly models: readonly AgentModelWire[]
  readonly total_enabled: number
  readonly total_is_estimate: boolean
  /** `null` on the last page. */
  readonly next_cursor: string | null
  /** Disabled by name, whatever a rule says. */
  readonly disabled_model_ids: readonly string[]
}

export const agentModelPageWireSchema: z.ZodType<AgentModelPageWire> = z.object({
  agent_id: z.string(),
  models: z.array(agentModelWireSchema),
  total_enabled: z.int(),
  total_is_estimate: z.boolean(),
  next_cursor: z.string().nullable(),
  disabled_model_ids: z.array(z.string()).describe('Disabled by name, whatever a rule says.'),
})

/** What was enabled for an agent; `models_enabled` names 200 at most. */
export interface ModelsEnabledWire {
  readonly enabled_count: number
  readonly models_enabled: readonly string[]
  /** The rule that a filter made. */
  readonly rule_id: string | null
}

export const modelsEnabledWireSchema: z.ZodType<ModelsEnabledWire> = z.object({
  enabled_count: z.int(),
  models_enabled: z.array(z.string()),
  rule_id: z.string().nullable(),
})

/** What was disabled for an agent. */
export interface ModelsDisabledWire {
  readonly models_disabled: readonly string[]
  readonly rule_id: string | null
}

export const modelsDisabledWireSchema: z.ZodType<ModelsDisabledWire> = z.object({
  models_disabled: z.array(z.string()),
  rule_id: z.string().nullable(),
})

/** The row of one model of an agent as it is now. */
export interface AgentModelRowWire {
  readonly model_id: string
  readonly is_enabled: boolean
  readonly priority_override: number | null
}

export const agentModelRowWireSchema: z.ZodType<AgentModelRowWire> = z.object({
  model_id: z.string(),
  is_enabled: z.boolean(),
  priority_override: z.int().nullable(),
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

/** A rule of an agent: which models it is for, and what it says of them. */
export interface AgentRuleWire {
  readonly id: string
  readonly filter: ModelFilterWire
  readonly is_enabled: boolean
  readonly priority_override: number | null
  readonly enabled_by: string | null
  readonly enabled_at: string
}

export const agentRuleWireSchema: z.ZodType<AgentRuleWire> = z.object({
  id: z.string(),
  filter: modelFilterSchema,
  is_enabled: z.boolean(),
  priority_override: z.int().nullable(),
  enabled_by: z.string().nullable(),
  enabled_at: isoSchema,
})

export function toAgentRuleWire(rule: EnableRule): AgentRuleWire {
  return {
    id: rule.id,
    filter: fromModelFilter(rule.filter),
    is_enabled: rule.isEnabled,
    priority_override: rule.priorityOverride ?? null,
    enabled_by: rule.enabledBy ?? null,
    enabled_at: isoOf(rule.enabledAtMs),
  }
}
