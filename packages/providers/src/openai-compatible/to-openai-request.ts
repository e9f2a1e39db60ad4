import type { JsonObject, ModelCall, ResponseFormat, ToolChoice } from '@imrs/core'

import { withProviderOptions } from '../shared/merge-provider-options.ts'
import type { CallTarget } from '../shared/own-data.ts'
import { isClosedSchema } from './closed-schema.ts'
import { reasoningFields } from './reasoning-fields.ts'
import { toOpenAiMessages } from './to-openai-messages.ts'
import type { WireSettings } from './wire-settings.ts'

/** Fields that no `providerOptions` may set. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'stream_options.include_usage',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'stop',
  'seed',
  'response_format',
  'tool_choice',
  // One answer is read.
  'n',
  'best_of',
  // Which model answers is decided here: OpenRouter and others would go on to these.
  'models',
  'fallbacks',
])

/**
 * The body of `POST /chat/completions`. Fields that the call does not set are left out.
 *
 * @throws ProviderError of kind `invalid-request` for a provider option that sets a field of ours.
 */
export function toOpenAiRequest(target: CallTarget, settings: WireSettings): JsonObject {
  const { call } = target
  const body = withoutUndefined({
    model: call.externalId,
    messages: toOpenAiMessages(target, settings),
    tools: toTools(call),
    tool_choice: toToolChoice(call.toolChoice),
    response_format: toResponseFormat(call.responseFormat),
    [settings.maxTokensParameter]: call.maxOutputTokens,
    temperature: call.temperature,
    top_p: call.topP,
    stop: call.stop,
    seed: call.seed,
    ...reasoningFields(call, settings),
    ...(call.stream ? streamFields(settings) : {}),
  })
  return withProviderOptions(body, target, OWN_FIELDS)
}

function streamFields({ streamUsage }: WireSettings): JsonObject {
  return streamUsage === 'requested'
    ? { stream: true, stream_options: { include_usage: true } }
    : { stream: true }
}

function toTools({ tools }: ModelCall): JsonObject[] | undefined {
  if (tools === undefined || tools.length === 0) return undefined
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: withoutUndefined({ name, description, parameters }),
  }))
}

function toToolChoice(choice: ToolChoice | undefined): string | JsonObject | undefined {
  if (choice === undefined || typeof choice === 'string') return choice
  return { type: 'function', function: { name: choice.toolName } }
}

function toResponseFormat(format: ResponseFormat | undefined): JsonObject | undefined {
  switch (format?.type) {
    case 'json-object':
      return { type: 'json_object' }
    case 'json-schema': {
      const { name, schema } = format
      // OpenAI refuses `strict` with a schema that leaves anything open.
      const strict = isClosedSchema(schema)
      return { type: 'json_schema', json_schema: { name, schema, ...(strict ? { strict } : {}) } }
    }
    default:
      return undefined
  }
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as JsonObject
}
