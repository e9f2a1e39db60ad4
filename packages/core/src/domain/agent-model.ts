import { z } from 'zod'

import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '../ids.ts'

/** An agent of one tenant. */
export interface AgentKey {
  readonly tenantId: string
  readonly agentId: string
}

/** Whether an agent may use a model, and how eagerly: a row of `agent_model_config`. */
export interface AgentModel extends AgentKey {
  readonly modelId: string
  readonly isEnabled: boolean
  /** Takes the place of the model's priority for this agent, 0 to 100. */
  readonly priorityOverride?: number | undefined
  readonly enabledBy?: string | undefined
  readonly enabledAtMs: number
}

export const agentModelSchema: z.ZodType<AgentModel> = z.object({
  tenantId: hostIdSchema,
  agentId: hostIdSchema,
  modelId: z.string().min(1).max(MODEL_ID_MAX_LENGTH),
  isEnabled: z.boolean(),
  priorityOverride: z.int().min(0).max(100).optional(),
  enabledBy: hostIdSchema.optional(),
  enabledAtMs: z.int(),
})
