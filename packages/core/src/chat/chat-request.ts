import { z } from 'zod'

import { MODEL_ID_MAX_LENGTH, hostIdSchema } from '../ids.ts'
import { jsonObjectSchema } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { chatMessageSchema } from './chat-message.ts'
import type { ChatMessage } from './chat-message.ts'
import { UNSUPPORTED_PARAMETER_MODES, modelParametersShape } from './model-parameters.ts'
import type { ModelParameters, UnsupportedParameterMode } from './model-parameters.ts'

/** A function the model may ask to have called. */
export interface ToolDefinition {
  readonly name: string
  readonly description?: string | undefined
  /** JSON Schema of the input. */
  readonly parameters: JsonObject
}

/** `auto`: the model decides. `required`: it must call one. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly toolName: string }

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json-object' }
  | { readonly type: 'json-schema'; readonly name: string; readonly schema: JsonObject }

/** What is sent to a model, whichever it is. */
export interface ModelInput extends ModelParameters {
  readonly messages: readonly ChatMessage[]
  readonly tools?: readonly ToolDefinition[] | undefined
  readonly toolChoice?: ToolChoice | undefined
  readonly responseFormat?: ResponseFormat | undefined
}

/** One request to the router. */
export interface ChatRequest extends ModelInput {
  /** `auto`, a preset (`preset:cheap`, or `auto:cheap`), a model id (`openai/gpt-4o`), an alias, or an external id that only one provider has. Default: the user's stored selection, else the router's default model, else `auto`. */
  readonly model?: string | undefined
  /** Narrows `model` to one provider. */
  readonly provider?: string | undefined
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: `default`. */
  readonly agentId?: string | undefined
  /** Whose preference counts and who may rate the answer. */
  readonly userId?: string | undefined
  /** Stands in for the user where there is none. */
  readonly sessionId?: string | undefined
  readonly conversationId?: string | undefined
  /**
   * What a lower price is worth to this request, from 0, quality only, to 1, price only: takes the place
   * of the dial of `adaptive` and of presets that choose the `best`. Where nothing has a dial, or a model
   * is named, it is passed over, and a `warning` says so. Default: the strategy's own dial.
   */
  readonly costQuality?: number | undefined
  /** The capsule's list of allowed model ids. Absent: unrestricted; empty: none. */
  readonly allowedModels?: readonly string[] | undefined
  /** The caller's roles, for models that only some roles may use. Default: none. */
  readonly roles?: readonly string[] | undefined
  /** `false` asks the provider for its answer in one piece. Default: `true`. */
  readonly stream?: boolean | undefined
  /** Whether an answer without text and tool calls is one. Default: `false`: it is a failure, and another model is tried. */
  readonly allowEmpty?: boolean | undefined
  /** What is done with parameters that a model does not take. Default: the router's, which is `drop`. */
  readonly unsupportedParameters?: UnsupportedParameterMode | undefined
}

export const chatRequestSchema: z.ZodType<ChatRequest> = z.object({
  messages: z.array(chatMessageSchema).min(1),
  tools: z
    .array(
      z.object({
        name: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
        description: z.string().optional(),
        parameters: jsonObjectSchema,
      }),
    )
    .optional(),
  toolChoice: z
    .union([z.enum(['auto', 'none', 'required']), z.object({ toolName: z.string().min(1) })])
    .optional(),
  responseFormat: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json-object') }),
      z.object({
        type: z.literal('json-schema'),
        name: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
        schema: jsonObjectSchema,
      }),
    ])
    .optional(),
  ...modelParametersShape,
  model: z.string().min(1).max(MODEL_ID_MAX_LENGTH).optional(),
  provider: z.string().min(1).max(50).optional(),
  tenantId: hostIdSchema.optional(),
  agentId: hostIdSchema.optional(),
  userId: hostIdSchema.optional(),
  sessionId: hostIdSchema.optional(),
  conversationId: hostIdSchema.optional(),
  costQuality: z.number().min(0).max(1).optional(),
  allowedModels: z.array(z.string().max(MODEL_ID_MAX_LENGTH)).optional(),
  roles: z.array(hostIdSchema).max(100).optional(),
  stream: z.boolean().optional(),
  allowEmpty: z.boolean().optional(),
  unsupportedParameters: z.enum(UNSUPPORTED_PARAMETER_MODES).optional(),
})
