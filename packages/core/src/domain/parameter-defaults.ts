import type { ModelParameters } from '../chat/model-parameters.ts'

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

/** Which defaults are meant. */
export type ParameterDefaultsKey = Pick<ParameterDefaults, 'tenantId' | 'agentId' | 'modelId'>
