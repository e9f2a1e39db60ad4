import { z } from 'zod'

import { modelIdParam } from '../../wire/values.ts'
import { modelFilterSchema } from '../models/model-query.ts'
import type { ModelFilterWire } from '../models/model-query.ts'

/** Models by name, and all that fit a filter, now and later. */
export interface ChosenModels {
  readonly model_ids?: readonly string[] | undefined
  readonly bulk_filter?: ModelFilterWire | undefined
}

/** The body that enables models for an agent. */
export interface EnableModelsBody extends ChosenModels {
  /** Takes the place of the models' priority for this agent. */
  readonly priority_override?: number | undefined
}

/** The body that disables models for an agent. */
export type DisableModelsBody = ChosenModels

const chosen = {
  model_ids: z.array(modelIdParam).max(1000).optional(),
  bulk_filter: modelFilterSchema.optional(),
}
const priority = z.int().min(0).max(100)
const choice = { message: 'give model_ids, bulk_filter or both', path: ['model_ids'] }

function choosesSomething({ model_ids: ids, bulk_filter: filter }: ChosenModels): boolean {
  return (ids?.length ?? 0) > 0 || filter !== undefined
}

export const enableBodySchema: z.ZodType<EnableModelsBody> = z
  .strictObject({ ...chosen, priority_override: priority.optional() })
  .refine(choosesSomething, choice)

export const disableBodySchema: z.ZodType<DisableModelsBody> = z
  .strictObject(chosen)
  .refine(choosesSomething, choice)

/** What is changed of one model for one agent. `null` takes the agent's own priority away. */
export interface AgentModelBody {
  readonly is_enabled?: boolean | undefined
  readonly priority_override?: number | null | undefined
}

export const agentModelBodySchema: z.ZodType<AgentModelBody> = z
  .strictObject({ is_enabled: z.boolean().optional(), priority_override: priority.nullish() })
  .refine(
    ({ is_enabled: isEnabled, priority_override: own }) =>
      isEnabled !== undefined || own !== undefined,
    { message: 'give is_enabled, priority_override or both', path: ['is_enabled'] },
  )
