import { z } from 'zod'

import { jsonObjectSchema } from '../json.ts'
import type { JsonObject } from '../json.ts'

/** How hard a model that reasons shall think, from not at all to a lot. */
export const REASONING_EFFORTS = ['none', 'minimal', 'low', 'medium', 'high'] as const
export type ReasoningEffort = (typeof REASONING_EFFORTS)[number]

/** How a model is to answer, apart from what it is asked. What is left out is the model's own default. */
export interface ModelParameters {
  /** Reasoning included, where the model reasons. */
  readonly maxOutputTokens?: number | undefined
  /** 0 to 2; some models take less. */
  readonly temperature?: number | undefined
  readonly topP?: number | undefined
  readonly stop?: readonly string[] | undefined
  readonly seed?: number | undefined
  readonly reasoningEffort?: ReasoningEffort | undefined
  /**
   * Fields of the provider's own request, by provider id, in the provider's words: they are added to
   * what is sent to it as they are. Fields that IMRS itself writes cannot be set this way.
   */
  readonly providerOptions?: Readonly<Record<string, JsonObject>> | undefined
}

export type ModelParameterName = keyof ModelParameters

export const MODEL_PARAMETERS: readonly ModelParameterName[] = [
  'maxOutputTokens',
  'temperature',
  'topP',
  'stop',
  'seed',
  'reasoningEffort',
  'providerOptions',
]

/**
 * What is done with a parameter of the request that a model does not take: it is left out, and the
 * answer says so in a warning; or the model is not used.
 */
export const UNSUPPORTED_PARAMETER_MODES = ['drop', 'refuse'] as const
export type UnsupportedParameterMode = (typeof UNSUPPORTED_PARAMETER_MODES)[number]

/** The fields of {@link modelParametersSchema}, for schemas that hold them beside others. */
export const modelParametersShape: {
  readonly [Name in ModelParameterName]: z.ZodOptional<
    z.ZodType<NonNullable<ModelParameters[Name]>>
  >
} = {
  maxOutputTokens: z.int().positive().optional(),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  stop: z.array(z.string().min(1)).max(16).optional(),
  seed: z.int().optional(),
  reasoningEffort: z.enum(REASONING_EFFORTS).optional(),
  providerOptions: z.record(z.string().max(50), jsonObjectSchema).optional(),
}

export const modelParametersSchema: z.ZodType<ModelParameters> =
  z.strictObject(modelParametersShape)

/** The parameters among the fields of something larger, without those that are not set. */
export function modelParametersOf(source: ModelParameters): ModelParameters {
  const parameters: Partial<Record<ModelParameterName, unknown>> = {}
  for (const name of MODEL_PARAMETERS) {
    if (source[name] !== undefined) parameters[name] = source[name]
  }
  // Each value is that of the member with the same name.
  return parameters as ModelParameters
}
