import type { JsonObject, ModelCall, ToolChoice } from '@imrs/core'

import { withProviderOptions } from '../shared/merge-provider-options.ts'
import type { CallTarget } from '../shared/own-data.ts'
import { thinkingConfig } from './google-thinking.ts'
import { toContents } from './to-google-contents.ts'

/** Fields that no `providerOptions` may set, with the other spelling that the API takes. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'model',
  'contents',
  'systemInstruction',
  'system_instruction',
  // Only in the spelling in which it can be merged.
  'generation_config',
  ...[
    ['maxOutputTokens', 'max_output_tokens'],
    ['temperature', 'topP', 'top_p', 'seed'],
    ['stopSequences', 'stop_sequences'],
    ['responseMimeType', 'response_mime_type'],
    ['responseJsonSchema', 'response_json_schema', 'responseSchema', 'response_schema'],
    // One answer is read.
    ['candidateCount', 'candidate_count'],
  ].flatMap((names) => names.map((name) => `generationConfig.${name}`)),
  'toolConfig.functionCallingConfig',
  'toolConfig.function_calling_config',
  'tool_config',
])

/**
 * The body of `generateContent`. Fields that the call does not set are left out.
 *
 * @throws ProviderError of kind `invalid-request` for a provider option that sets a field of ours.
 */
export function toGoogleRequest(target: CallTarget): JsonObject {
  const body = {
    ...conversationOf(target),
    ...generationConfigOf(target.call),
    ...toolFields(target.call),
  }
  return withProviderOptions(body, target, OWN_FIELDS)
}

/** Gemma 3 knows no system instruction; there, and where nothing else is said, it is the user's. */
function conversationOf(target: CallTarget): JsonObject {
  const { call } = target
  const system = call.messages
    .flatMap((message) => (message.role === 'system' ? [message.content] : []))
    .join('\n\n')
  const messages = call.messages.filter(({ role }) => role !== 'system')
  if (system === '') return { contents: contentsOf(target, messages) }
  if (messages.length > 0 && !call.externalId.startsWith('gemma-3')) {
    const systemInstruction = { parts: [{ text: system }] }
    return { contents: contentsOf(target, messages), systemInstruction }
  }
  return { contents: contentsOf(target, [{ role: 'user', content: system }, ...messages]) }
}

function contentsOf(
  target: CallTarget,
  messages: Parameters<typeof toContents>[1],
): readonly JsonObject[] {
  return toContents(target, messages).map(({ role, parts }) => ({ role, parts }))
}

function generationConfigOf(call: ModelCall): JsonObject {
  const generationConfig = withoutUndefined({
    maxOutputTokens: call.maxOutputTokens,
    temperature: call.temperature,
    topP: call.topP,
    stopSequences: call.stop,
    seed: call.seed,
    thinkingConfig: thinkingConfig(call),
    ...outputFields(call),
  })
  return Object.keys(generationConfig).length === 0 ? {} : { generationConfig }
}

function outputFields({ responseFormat }: ModelCall): JsonObject {
  if (responseFormat === undefined || responseFormat.type === 'text') return {}
  const responseMimeType = 'application/json'
  return responseFormat.type === 'json-object'
    ? { responseMimeType }
    : { responseMimeType, responseJsonSchema: responseFormat.schema }
}

function toolFields({ tools = [], toolChoice }: ModelCall): JsonObject {
  if (tools.length === 0) return {}
  const functionDeclarations = tools.map(({ name, description, parameters }) =>
    withoutUndefined({ name, description, parametersJsonSchema: parameters }),
  )
  const functionCallingConfig = toFunctionCallingConfig(toolChoice)
  return {
    tools: [{ functionDeclarations }],
    ...(functionCallingConfig === undefined ? {} : { toolConfig: { functionCallingConfig } }),
  }
}

function toFunctionCallingConfig(choice: ToolChoice | undefined): JsonObject | undefined {
  if (choice === undefined) return undefined
  if (typeof choice === 'string') return { mode: MODES[choice] }
  return { mode: MODES.required, allowedFunctionNames: [choice.toolName] }
}

const MODES = { auto: 'AUTO', none: 'NONE', required: 'ANY' } as const

function withoutUndefined(fields: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as JsonObject
}
