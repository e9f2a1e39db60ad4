import { FunctionCallingConfigMode } from '@google/genai'
import type {
  Content,
  FunctionCallingConfig,
  GenerateContentConfig,
  GenerateContentParameters,
} from '@google/genai'
import type { ModelCall, ToolChoice } from '@imrs/core'

import { toContents } from './to-google-contents.ts'

/** What the SDK is given. Fields that the call does not set are left out. */
export function toGoogleRequest(call: ModelCall): GenerateContentParameters {
  const { contents, systemInstruction } = contentsOf(call)
  return {
    model: call.externalId,
    contents,
    config: withoutUndefined({
      systemInstruction,
      maxOutputTokens: call.maxOutputTokens,
      temperature: call.temperature,
      topP: call.topP,
      stopSequences: call.stop === undefined ? undefined : [...call.stop],
      seed: call.seed,
      ...outputFields(call),
      ...toolFields(call),
    }),
  }
}

/** Gemma 3 knows no system instruction; there, and where nothing else is said, it is the user's. */
function contentsOf(call: ModelCall): {
  readonly contents: Content[]
  readonly systemInstruction: string | undefined
} {
  const system = call.messages
    .flatMap((message) => (message.role === 'system' ? [message.content] : []))
    .join('\n\n')
  const messages = call.messages.filter(({ role }) => role !== 'system')
  if (system === '') return { contents: toContents(call, messages), systemInstruction: undefined }
  if (messages.length > 0 && !call.externalId.startsWith('gemma-3')) {
    return { contents: toContents(call, messages), systemInstruction: system }
  }
  const asUser = [{ role: 'user', content: system } as const, ...messages]
  return { contents: toContents(call, asUser), systemInstruction: undefined }
}

function outputFields({ responseFormat }: ModelCall): GenerateContentConfig {
  if (responseFormat === undefined || responseFormat.type === 'text') return {}
  const responseMimeType = 'application/json'
  return responseFormat.type === 'json-object'
    ? { responseMimeType }
    : { responseMimeType, responseJsonSchema: responseFormat.schema }
}

function toolFields({ tools = [], toolChoice }: ModelCall): GenerateContentConfig {
  if (tools.length === 0) return {}
  const functionDeclarations = tools.map(({ name, description, parameters }) => ({
    name,
    ...(description === undefined ? {} : { description }),
    parametersJsonSchema: parameters,
  }))
  const functionCallingConfig = toFunctionCallingConfig(toolChoice)
  return {
    tools: [{ functionDeclarations }],
    ...(functionCallingConfig === undefined ? {} : { toolConfig: { functionCallingConfig } }),
  }
}

function toFunctionCallingConfig(
  choice: ToolChoice | undefined,
): FunctionCallingConfig | undefined {
  if (choice === undefined) return undefined
  if (typeof choice !== 'string') {
    return { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: [choice.toolName] }
  }
  return { mode: MODES[choice] }
}

const MODES = {
  auto: FunctionCallingConfigMode.AUTO,
  none: FunctionCallingConfigMode.NONE,
  required: FunctionCallingConfigMode.ANY,
} as const

function withoutUndefined(fields: {
  [Key in keyof GenerateContentConfig]: unknown
}): GenerateContentConfig {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
