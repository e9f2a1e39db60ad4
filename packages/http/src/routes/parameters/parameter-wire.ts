import { modelParametersSchema } from '@imrs/core'
import type { ModelParameters, ParameterDefaults } from '@imrs/core'
import { z } from 'zod'

import { isoOf, isoSchema } from '../../wire/values.ts'

/** Parameters that count where a request leaves them out, as they travel. */
export interface ParameterDefaultsWire {
  readonly agent_id: string | null
  readonly model_id: string | null
  readonly parameters: ModelParameters
  readonly updated_by: string | null
  readonly updated_at: string
}

export const parameterDefaultsWireSchema: z.ZodType<ParameterDefaultsWire> = z.object({
  agent_id: z.string().nullable(),
  model_id: z.string().nullable(),
  parameters: modelParametersSchema,
  updated_by: z.string().nullable(),
  updated_at: isoSchema,
})

/** The body that sets defaults. */
export interface ParametersBody {
  readonly parameters: ModelParameters
}

export const parametersBodySchema: z.ZodType<ParametersBody> = z.strictObject({
  parameters: modelParametersSchema,
})

export function toParameterDefaultsWire(defaults: ParameterDefaults): ParameterDefaultsWire {
  return {
    agent_id: defaults.agentId ?? null,
    model_id: defaults.modelId ?? null,
    parameters: defaults.parameters,
    updated_by: defaults.updatedBy ?? null,
    updated_at: isoOf(defaults.updatedAtMs),
  }
}
