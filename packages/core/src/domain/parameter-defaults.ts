import { z } from 'zod'

import { modelParametersSchema } from '../chat/model-parameters.ts'
import type { ModelParameters } from '../chat/model-parameters.ts'
import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '../ids.ts'

/**
 * Parameters that count where the request leaves them out: a row of `parameter_defaults`. Without a
 * model they count for all models of the agent, without an agent for all agents of the tenant; one
 * of the two is given. Where several fit, each parameter is taken from the narrowest: agent and
 * model, then agent, then model.
 */
export interface ParameterDefaults {
  readonly tenantId: string
  readonly agentId?: string | undefined
  readonly modelId?: string | undefined
  readonly parameters: ModelParameters
  readonly updatedBy?: string | undefined
  readonly updatedAtMs: number
}

export const parameterDefaultsSchema: z.ZodType<ParameterDefaults> = z
  .object({
    tenantId: hostIdSchema,
    agentId: hostIdSchema.optional(),
    modelId: z.string().min(1).max(MODEL_ID_MAX_LENGTH).optional(),
    parameters: modelParametersSchema.refine(
      (parameters) => Object.values(parameters).some((value) => value !== undefined),
      'must set at least one parameter',
    ),
    updatedBy: z.string().optional(),
    updatedAtMs: z.int(),
  })
  .refine(({ agentId, modelId }) => agentId !== undefined || modelId !== undefined, {
    path: ['modelId'],
    message: 'must be given where `agentId` is not',
  })

/** Which defaults are meant. */
export type ParameterDefaultsKey = Pick<ParameterDefaults, 'tenantId' | 'agentId' | 'modelId'>
