import type { LanguageModelV4CallOptions, SharedV4Warning } from '@ai-sdk/provider'
import type { ChatRequest, ModelParameters, ResponseFormat } from '@imrs/core'

import { plainObject } from '../shared/plain-json.ts'
import type { ImrsCallOptions } from './imrs-call-options.ts'
import { resolveCallOptions } from './imrs-call-options.ts'
import { toChatMessages } from './to-chat-messages.ts'
import { toTools } from './to-tools.ts'

/** One call of the AI SDK as a request to the router, with a warning for all that it cannot say. */
export interface RoutedCall {
  readonly request: ChatRequest
  readonly warnings: readonly SharedV4Warning[]
}

/** The model that was named and the defaults of the provider it is of. */
export interface RoutedModel {
  readonly modelId: string
  readonly defaults: ImrsCallOptions
}

/**
 * Puts a call into the router's words. Nothing is dropped in silence.
 *
 * @throws InvalidArgumentError for a wrong `providerOptions.imrs`, UnsupportedFunctionalityError for a
 * file that cannot be sent.
 */
export function toChatRequest(
  { modelId, defaults }: RoutedModel,
  options: LanguageModelV4CallOptions,
): RoutedCall {
  const own = resolveCallOptions(defaults, options.providerOptions)
  const conversation = toChatMessages(options.prompt)
  const { warnings: toolWarnings, ...tools } = toTools(options)
  const format = toResponseFormat(options.responseFormat)
  return {
    request: {
      ...own,
      model: modelId,
      messages: conversation.messages,
      ...tools,
      ...(format === undefined ? {} : { responseFormat: format }),
      ...parametersOf(options),
    },
    warnings: [...conversation.warnings, ...toolWarnings, ...settingWarnings(options)],
  }
}

function parametersOf(options: LanguageModelV4CallOptions): ModelParameters {
  const { maxOutputTokens, temperature, topP, stopSequences, seed } = options
  const reasoningEffort = toEffort(options.reasoning)
  return {
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(stopSequences === undefined ? {} : { stop: stopSequences }),
    ...(seed === undefined ? {} : { seed }),
    ...(reasoningEffort === undefined ? {} : { reasoningEffort }),
  }
}

function toEffort(
  reasoning: LanguageModelV4CallOptions['reasoning'],
): ModelParameters['reasoningEffort'] {
  if (reasoning === 'xhigh' || reasoning === 'max') return 'high'
  return reasoning === 'provider-default' ? undefined : reasoning
}

/** OpenAI's limit on the name of a schema, and the router's. */
const NAME_LENGTH = 64

function toResponseFormat(
  format: LanguageModelV4CallOptions['responseFormat'],
): ResponseFormat | undefined {
  if (format?.type !== 'json') return undefined
  const { schema, name = 'response', description } = format
  if (schema === undefined) return { type: 'json-object' }
  return {
    type: 'json-schema',
    name: toSchemaName(name),
    // Where a schema can say it, too.
    schema: { ...(description === undefined ? {} : { description }), ...plainObject(schema) },
  }
}

function toSchemaName(name: string): string {
  const allowed = name.replaceAll(/[^\w-]/g, '_').slice(0, NAME_LENGTH)
  return allowed === '' ? 'response' : allowed
}

function settingWarnings(options: LanguageModelV4CallOptions): readonly SharedV4Warning[] {
  const { reasoning, responseFormat } = options
  const warnings: SharedV4Warning[] = []
  for (const feature of ['topK', 'presencePenalty', 'frequencyPenalty'] as const) {
    if (options[feature] === undefined) continue
    const details =
      'Not every provider has it. `providerOptions.imrs.providerOptions` sets it for one.'
    warnings.push({ type: 'unsupported', feature, details })
  }
  if (reasoning === 'xhigh' || reasoning === 'max') {
    const details = `The router's highest effort is "high": it was asked for in place of "${reasoning}".`
    warnings.push({ type: 'compatibility', feature: 'reasoning', details })
  }
  if (responseFormat?.type === 'json' && responseFormat.schema === undefined) {
    if (responseFormat.description !== undefined) {
      warnings.push({ type: 'unsupported', feature: 'responseFormat.description without a schema' })
    }
  }
  const headers = headersOf(options)
  if (headers.length > 0) {
    const details = `The router calls providers with headers of its own; left out: ${headers.join(', ')}.`
    warnings.push({ type: 'unsupported', feature: 'headers', details })
  }
  return warnings
}

/** The names of the caller's own. The AI SDK says its name with every call. */
function headersOf({ headers = {} }: LanguageModelV4CallOptions): readonly string[] {
  return Object.keys(headers).filter(
    (name) => headers[name] !== undefined && name.toLowerCase() !== 'user-agent',
  )
}
