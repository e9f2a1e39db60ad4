import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema'
import { asObject, asText } from '@imrs/core'
import type { JsonObject, ModelCall, ResponseFormat, ToolChoice } from '@imrs/core'

import { withProviderOptions } from '../shared/merge-provider-options.ts'
import type { CallTarget } from '../shared/own-data.ts'
import { anthropicModelFacts } from './anthropic-models.ts'
import type { AnthropicModelFacts } from './anthropic-models.ts'
import { thinkingFields } from './anthropic-thinking.ts'
import { goesOnWithoutThought, toAnthropicTurns } from './to-anthropic-messages.ts'
import type { AnthropicTurn } from './to-anthropic-messages.ts'

/** When neither the call nor what is known of the model says how long an answer may be. */
const DEFAULT_MAX_TOKENS = 4096

/** A request, and what to make of its answer. */
export interface AnthropicRequest {
  readonly body: JsonObject
  /** The tool whose input is the answer: how models without an output format are held to a schema. */
  readonly answerTool: string | undefined
}

/** Fields that no `providerOptions` may set. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'max_tokens',
  'temperature',
  'top_p',
  'stop_sequences',
  'tool_choice',
  'output_config.format',
  // Which model answers is decided here.
  'fallbacks',
])

/** Types of a tool choice that leave the model no other way. */
const FORCING: ReadonlySet<string> = new Set(['any', 'tool'])

/**
 * What is sent to `/messages`. Fields that the call does not set, or the API has not, are left out.
 *
 * @throws ProviderError of kind `invalid-request` for a provider option that sets a field of ours.
 */
export function toAnthropicRequest(target: CallTarget): AnthropicRequest {
  const { call } = target
  const facts = anthropicModelFacts(call.externalId)
  const format = toFormat(call.responseFormat, facts.takesOutputFormat)
  const maxTokens = call.maxOutputTokens ?? facts.maxOutputTokens ?? DEFAULT_MAX_TOKENS
  const tools = toolFields(call, format.answerTool)
  const turns = toAnthropicTurns(target)
  const { thinking, effort } = thinkingFields({
    call,
    facts,
    maxTokens,
    forcesTool: FORCING.has(asText(asObject(tools['tool_choice'])?.['type']) ?? ''),
    goesOnWithoutThought: goesOnWithoutThought(turns),
  })
  const body = withoutUndefined({
    model: call.externalId,
    max_tokens: maxTokens,
    ...conversationOf(call, turns, format.instruction),
    ...tools,
    thinking,
    output_config: outputConfigOf(format, effort),
    stop_sequences: stopSequencesOf(call),
    ...samplingOf(call, facts, thinking),
    stream: call.stream ? true : undefined,
  })
  return {
    answerTool: format.answerTool?.name,
    body: withProviderOptions(body, target, OWN_FIELDS),
  }
}

function outputConfigOf({ schema }: Format, effort: string | undefined): JsonObject | undefined {
  if (schema === undefined && effort === undefined) return undefined
  const format = schema === undefined ? undefined : { type: 'json_schema', schema }
  return withoutUndefined({ effort, format })
}

/** What the system says is a field of its own; where nothing else is said, it is the user's. */
function conversationOf(
  call: ModelCall,
  turns: readonly AnthropicTurn[],
  instruction: string | undefined,
): { readonly system: string | undefined; readonly messages: readonly JsonObject[] } {
  const said = call.messages.flatMap((message) =>
    message.role === 'system' ? [message.content] : [],
  )
  const text = [...said, instruction ?? ''].filter((part) => part.trim() !== '').join('\n\n')
  if (turns.length > 0 || text === '') {
    return { system: text === '' ? undefined : text, messages: turns.map((turn) => ({ ...turn })) }
  }
  return { system: undefined, messages: [{ role: 'user', content: [{ type: 'text', text }] }] }
}

interface AnswerTool {
  readonly name: string
  readonly schema: JsonObject
}

interface Format {
  readonly instruction?: string | undefined
  /** What the model's output format is held to. */
  readonly schema?: JsonObject | undefined
  readonly answerTool?: AnswerTool | undefined
}

function toFormat(format: ResponseFormat | undefined, takesOutputFormat: boolean): Format {
  if (format === undefined || format.type === 'text') return {}
  if (format.type === 'json-object') {
    return { instruction: 'Answer with one JSON object and with nothing else.' }
  }
  const schema = takesOutputFormat ? strictSchema(format.schema) : undefined
  return schema === undefined ? { answerTool: format } : { schema }
}

/** The API takes a part of JSON Schema only; a schema it cannot be brought to becomes a tool's. */
function strictSchema(schema: JsonObject): JsonObject | undefined {
  try {
    return transformJSONSchema(structuredClone(schema)) as JsonObject
  } catch {
    return undefined
  }
}

function toolFields(call: ModelCall, answerTool: AnswerTool | undefined): JsonObject {
  const { tools = [], toolChoice } = call
  const given = tools.map(({ name, description, parameters }) =>
    withoutUndefined({ name, description, input_schema: toInputSchema(parameters) }),
  )
  if (answerTool === undefined) {
    if (given.length === 0) return {}
    return withoutUndefined({ tools: given, tool_choice: toToolChoice(toolChoice) })
  }
  const { name, schema } = answerTool
  const description = 'Gives the answer. Its input is the whole answer.'
  const isAnswerOnly = given.length === 0 || toolChoice === 'none'
  return {
    tools: [...given, { name, description, input_schema: toInputSchema(schema) }],
    tool_choice: isAnswerOnly ? { type: 'tool', name } : (forced(toolChoice) ?? { type: 'any' }),
  }
}

/** The API asks for the type that OpenAI lets tools without parameters leave out. */
function toInputSchema(parameters: JsonObject): JsonObject {
  return { type: 'object', ...parameters }
}

function forced(choice: ToolChoice | undefined): JsonObject | undefined {
  return typeof choice === 'object' ? { type: 'tool', name: choice.toolName } : undefined
}

function toToolChoice(choice: ToolChoice | undefined): JsonObject | undefined {
  if (typeof choice !== 'string') return forced(choice)
  return { type: choice === 'required' ? 'any' : choice }
}

/** A sequence of nothing but white space is refused. */
function stopSequencesOf({ stop = [] }: ModelCall): readonly string[] | undefined {
  const sequences = stop.filter((sequence) => sequence.trim() !== '')
  return sequences.length === 0 ? undefined : sequences
}

/** The least that goes with thinking. */
const SMALLEST_TOP_P = 0.95

/**
 * The API's scale ends at 1, and some models refuse to have both. A model that thinks has a
 * temperature of its own.
 */
function samplingOf(
  { temperature, topP }: ModelCall,
  { takesSampling }: AnthropicModelFacts,
  thinking: JsonObject | undefined,
): JsonObject {
  if (!takesSampling) return {}
  const isThinking = thinking !== undefined && thinking['type'] !== 'disabled'
  if (isThinking) return topP !== undefined && topP >= SMALLEST_TOP_P ? { top_p: topP } : {}
  if (temperature !== undefined) return { temperature: Math.min(1, temperature) }
  return topP === undefined ? {} : { top_p: topP }
}

function withoutUndefined(fields: Record<string, unknown>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as JsonObject
}
