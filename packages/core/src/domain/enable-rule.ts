import { z } from 'zod'

import { hostIdSchema } from '../ids.ts'
import type { AgentKey, AgentModel } from './agent-model.ts'
import { CAPABILITIES } from './capability.ts'
import { fitsModelFilter } from './model-list-query.ts'
import type { ModelFilter } from './model-list-query.ts'
import { MODEL_TYPES } from './model.ts'
import type { Model } from './model.ts'
import { COST_TIERS } from './pricing.ts'

/** Which models a rule is about; an empty one is about all. */
export type EnableRuleFilter = Pick<
  ModelFilter,
  'providerId' | 'costTier' | 'capability' | 'modelType' | 'search'
>

/**
 * Enables or disables whatever fits a filter, now and later, for one agent: a row of
 * `model_enable_rules`. Of several that fit a model the newest counts, by {@link enabledAtMs} and then
 * by id; a row of `agent_model_config` counts more than any.
 */
export interface EnableRule extends AgentKey {
  readonly id: string
  readonly filter: EnableRuleFilter
  readonly isEnabled: boolean
  /** Takes the place of the models' priority for this agent, 0 to 100. */
  readonly priorityOverride?: number | undefined
  readonly enabledBy?: string | undefined
  readonly enabledAtMs: number
}

export const enableRuleFilterSchema: z.ZodType<EnableRuleFilter> = z.strictObject({
  providerId: z.string().min(1).max(50).optional(),
  costTier: z.enum(COST_TIERS).optional(),
  capability: z.enum(CAPABILITIES).optional(),
  modelType: z.enum(MODEL_TYPES).optional(),
  search: z.string().max(255).optional(),
})

export const enableRuleSchema: z.ZodType<EnableRule> = z.object({
  tenantId: hostIdSchema,
  agentId: hostIdSchema,
  id: hostIdSchema,
  filter: enableRuleFilterSchema,
  isEnabled: z.boolean(),
  priorityOverride: z.int().min(0).max(100).optional(),
  enabledBy: hostIdSchema.optional(),
  enabledAtMs: z.int(),
})

/** Whether an agent may use a model, how eagerly, and what says so. */
export interface EffectiveAgentModel {
  readonly isEnabled: boolean
  /** Of the row or the rule, or else the model's own. */
  readonly priority: number
  readonly decidedBy: 'row' | 'rule' | 'nothing'
  /** The rule, when one decided. */
  readonly ruleId?: string | undefined
}

/**
 * What an agent's rows, by model id, and its rules, oldest first, make of a model. Without a row or a
 * rule for it a model is not enabled. Pure.
 */
export function effectiveAgentModel(
  model: Model,
  rows: ReadonlyMap<string, AgentModel>,
  rules: readonly EnableRule[],
): EffectiveAgentModel {
  const row = rows.get(model.id)
  if (row !== undefined) return { ...decided(model, row), decidedBy: 'row' }
  const rule = rules.findLast(({ filter }) => fitsModelFilter(model, filter))
  if (rule !== undefined) return { ...decided(model, rule), decidedBy: 'rule', ruleId: rule.id }
  return { isEnabled: false, priority: model.priority, decidedBy: 'nothing' }
}

function decided(
  model: Model,
  { isEnabled, priorityOverride }: Pick<EnableRule, 'isEnabled' | 'priorityOverride'>,
): Pick<EffectiveAgentModel, 'isEnabled' | 'priority'> {
  return { isEnabled, priority: priorityOverride ?? model.priority }
}
