import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4ToolChoice,
  SharedV4ProviderOptions,
} from '@ai-sdk/provider'
import type { ModelCall, ResponseFormat, ToolChoice, ToolDefinition } from '@imrs/core'
import { ProviderError } from '@imrs/core'

import { asObject } from '../shared/plain-json.ts'
import { toPrompt } from './to-prompt.ts'
import type { CallTarget } from './to-prompt.ts'

/**
 * One call as the AI SDK's. What the call does not set is left out.
 *
 * @throws ProviderError of kind `invalid-request` for `providerOptions` that are not in the SDK's form.
 */
export function toCallOptions(
  target: CallTarget,
  abortSignal: AbortSignal,
): LanguageModelV4CallOptions {
  const { call } = target
  return {
    prompt: toPrompt(target),
    abortSignal,
    ...set('maxOutputTokens', call.maxOutputTokens),
    ...set('temperature', call.temperature),
    ...set('topP', call.topP),
    ...set('stopSequences', call.stop === undefined ? undefined : [...call.stop]),
    ...set('seed', call.seed),
    ...set('reasoning', call.reasoningEffort),
    ...set('responseFormat', toResponseFormat(call.responseFormat)),
    ...toTools(call),
    ...set('providerOptions', toProviderOptions(target)),
  }
}

function set<Name extends keyof LanguageModelV4CallOptions>(
  name: Name,
  value: LanguageModelV4CallOptions[Name] | undefined,
): Partial<LanguageModelV4CallOptions> {
  return value === undefined ? {} : { [name]: value }
}

function toTools({ tools = [], toolChoice }: ModelCall): Partial<LanguageModelV4CallOptions> {
  if (tools.length === 0) return {}
  return { tools: tools.map(toTool), ...set('toolChoice', toToolChoice(toolChoice)) }
}

function toTool({ name, description, parameters }: ToolDefinition): LanguageModelV4FunctionTool {
  return {
    type: 'function',
    name,
    ...(description === undefined ? {} : { description }),
    // A JSON Schema by the contract of a request.
    inputSchema: parameters as LanguageModelV4FunctionTool['inputSchema'],
  }
}

function toToolChoice(choice: ToolChoice | undefined): LanguageModelV4ToolChoice | undefined {
  if (choice === undefined) return undefined
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.toolName }
}

function toResponseFormat(
  format: ResponseFormat | undefined,
): LanguageModelV4CallOptions['responseFormat'] {
  switch (format?.type) {
    case 'json-object':
      return { type: 'json' }
    case 'json-schema':
      // A JSON Schema by the contract of a request.
      return {
        type: 'json',
        name: format.name,
        schema: format.schema as LanguageModelV4FunctionTool['inputSchema'],
      }
    default:
      return undefined
  }
}

/** Under the provider's id lie the SDK's own: an object for each of its providers. */
function toProviderOptions({ provider, call }: CallTarget): SharedV4ProviderOptions | undefined {
  const options = call.providerOptions?.[provider.id]
  if (options === undefined) return undefined
  for (const [name, value] of Object.entries(options)) {
    if (asObject(value) !== undefined) continue
    const field = `providerOptions.${provider.id}.${name}`
    const message = `\`${field}\` must be an object: the options of a provider of the AI SDK.`
    throw new ProviderError({ kind: 'invalid-request', message }, { providerId: provider.id })
  }
  // Just checked.
  return options as SharedV4ProviderOptions
}
