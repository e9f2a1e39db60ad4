import {
  HOST_ID_MAX_LENGTH,
  ImrsError,
  MODEL_ID_MAX_LENGTH,
  hostIdSchema,
  jsonObjectSchema,
} from '@imrs/core'
import type {
  ChatRequest,
  JsonObject,
  ReasoningEffort,
  ResponseFormat,
  ToolChoice,
} from '@imrs/core'
import { z } from 'zod'

import { definedOnly } from '../../wire/defined-only.ts'
import { openAiMessageSchema, toChatMessages } from './openai-messages.ts'
import type { OpenAiMessage } from './openai-messages.ts'

interface FunctionTool {
  readonly type: 'function'
  readonly function: {
    readonly name: string
    readonly description?: string | undefined
    readonly parameters?: JsonObject | undefined
    readonly strict?: boolean | null | undefined
  }
}

type OpenAiToolChoice =
  | 'auto'
  | 'none'
  | 'required'
  | { readonly type: 'function'; readonly function: { readonly name: string } }

type OpenAiResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema'
      readonly json_schema: {
        readonly name: string
        readonly schema?: JsonObject | undefined
        readonly strict?: boolean | null | undefined
      }
    }

/** The body of `POST /v1/chat/completions`. `null` counts as left out. */
export interface OpenAiRequest {
  readonly model?: string | null | undefined
  readonly messages: readonly OpenAiMessage[]
  readonly stream?: boolean | null | undefined
  readonly stream_options?: { readonly include_usage?: boolean | undefined } | null | undefined
  readonly max_tokens?: number | null | undefined
  readonly max_completion_tokens?: number | null | undefined
  readonly temperature?: number | null | undefined
  readonly top_p?: number | null | undefined
  readonly stop?: string | readonly string[] | null | undefined
  readonly seed?: number | null | undefined
  readonly reasoning_effort?: ReasoningEffort | 'xhigh' | null | undefined
  readonly tools?: readonly FunctionTool[] | null | undefined
  readonly tool_choice?: OpenAiToolChoice | null | undefined
  readonly response_format?: OpenAiResponseFormat | null | undefined
  readonly user?: string | null | undefined
  /** What only this router knows. */
  readonly imrs?:
    | {
        readonly agent_id?: string | undefined
        readonly session_id?: string | undefined
        readonly conversation_id?: string | undefined
        /** From 0, quality only, to 1, price only. */
        readonly cost_quality?: number | undefined
      }
    | undefined
  readonly n?: 1 | null | undefined
  readonly logprobs?: false | null | undefined
  readonly [other: string]: unknown
}

const onlyDefault = 'is not supported here: leave it out'

export const openAiRequestSchema: z.ZodType<OpenAiRequest> = z.looseObject({
  model: z.string().min(1).max(MODEL_ID_MAX_LENGTH).nullish(),
  messages: z.array(openAiMessageSchema).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(16)]).nullish(),
  seed: z.int().nullish(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh']).nullish(),
  tools: z
    .array(
      z.object({
        type: z.literal('function', 'must be "function": other tools are not supported here'),
        function: z.object({
          name: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
          description: z.string().optional(),
          parameters: jsonObjectSchema.optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    )
    .max(512)
    .nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.object({ type: z.literal('function'), function: z.object({ name: z.string().min(1) }) }),
    ])
    .nullish(),
  response_format: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text') }),
      z.object({ type: z.literal('json_object') }),
      z.object({
        type: z.literal('json_schema'),
        json_schema: z.object({
          name: z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
          schema: jsonObjectSchema.optional(),
          strict: z.boolean().nullish(),
        }),
      }),
    ])
    .nullish(),
  user: z.string().min(1).max(HOST_ID_MAX_LENGTH).nullish(),
  imrs: z
    .strictObject({
      agent_id: hostIdSchema.optional(),
      session_id: hostIdSchema.optional(),
      conversation_id: hostIdSchema.optional(),
      cost_quality: z.number().min(0).max(1).optional(),
    })
    .optional(),
  n: z.literal(1, 'must be 1: one answer is given').nullish(),
  logprobs: z.literal(false, onlyDefault).nullish(),
})

/** What is taken of OpenAI's request and changes nothing, since providers would disagree about it. */
const IGNORED = [
  'frequency_penalty',
  'presence_penalty',
  'logit_bias',
  'parallel_tool_calls',
  'service_tier',
  'prediction',
  'verbosity',
  'web_search_options',
  'modalities',
  'audio',
  'top_logprobs',
] as const

/** The fields of a request that were left out on the way, to be said in the answer. */
export function ignoredFields(request: OpenAiRequest): readonly string[] {
  return IGNORED.filter((name) => request[name] !== undefined && request[name] !== null)
}

/** The request as the router reads it, without whose it is. */
export function toChatRequest(request: OpenAiRequest): ChatRequest {
  const limit = request.max_completion_tokens ?? request.max_tokens
  return {
    messages: toChatMessages(request.messages),
    stream: request.stream === true,
    ...definedOnly({
      model: request.model ?? undefined,
      maxOutputTokens: limit ?? undefined,
      temperature: request.temperature ?? undefined,
      topP: request.top_p ?? undefined,
      stop: stopOf(request.stop),
      seed: request.seed ?? undefined,
      reasoningEffort: effortOf(request.reasoning_effort),
      tools: toolsOf(request.tools),
      toolChoice: toolChoiceOf(request.tool_choice),
      responseFormat: responseFormatOf(request.response_format),
      sessionId: request.imrs?.session_id,
      conversationId: request.imrs?.conversation_id,
      costQuality: request.imrs?.cost_quality,
    }),
  }
}

function stopOf(stop: OpenAiRequest['stop']): readonly string[] | undefined {
  if (stop === undefined || stop === null) return undefined
  return typeof stop === 'string' ? [stop] : stop
}

/** The most there is here. */
function effortOf(effort: OpenAiRequest['reasoning_effort']): ReasoningEffort | undefined {
  if (effort === undefined || effort === null) return undefined
  return effort === 'xhigh' ? 'high' : effort
}

function toolsOf(tools: OpenAiRequest['tools']): ChatRequest['tools'] {
  if (tools === undefined || tools === null || tools.length === 0) return undefined
  return tools.map(({ function: { name, description, parameters } }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    parameters: parameters ?? { type: 'object', properties: {} },
  }))
}

function toolChoiceOf(choice: OpenAiRequest['tool_choice']): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined
  return typeof choice === 'string' ? choice : { toolName: choice.function.name }
}

function responseFormatOf(format: OpenAiRequest['response_format']): ResponseFormat | undefined {
  if (format === undefined || format === null) return undefined
  if (format.type === 'text') return { type: 'text' }
  if (format.type === 'json_object') return { type: 'json-object' }
  const { name, schema } = format.json_schema
  if (schema === undefined) {
    const field = 'response_format.json_schema.schema'
    throw new ImrsError('invalid-request', `\`${field}\`: is needed`, { field })
  }
  return { type: 'json-schema', name, schema }
}
