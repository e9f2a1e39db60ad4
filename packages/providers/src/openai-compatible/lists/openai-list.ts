import { asObject, asText } from '@imrs/core'
import type { Capability, JsonObject, ListedModel, ModelPricing, ModelType } from '@imrs/core'

import { findKnownPrice } from '../../shared/library-prices.ts'
import type { KnownPrice, PricedProvider } from '../../shared/library-prices.ts'
import { priceText, toPricing } from '../../shared/prices.ts'
import { openAiModelFacts } from './openai-models.ts'
import type { OpenAiModelFacts } from './openai-models.ts'
import { rowType } from './openai-row-type.ts'
import { readOpenRouterPricing } from './openrouter-list.ts'
import { toCapabilities } from './row-capabilities.ts'
import type { RowContext } from './row-context.ts'
import {
  firstTokens,
  fromIsoDate,
  fromUnixSeconds,
  parametersOf,
  readRow,
  toListedModel,
} from './row-fields.ts'
import type { Row } from './row-fields.ts'
import { rowFlags } from './row-flags.ts'

/** `id`, as everyone has it; LM Studio's and Ollama's own lists have the others. */
const ID_FIELDS = ['id', 'key', 'model', 'name'] as const
const CONTEXT_FIELDS = [
  'context_window',
  'context_length',
  'max_context_length',
  'max_model_len',
] as const
const OUTPUT_FIELDS = ['max_completion_tokens', 'max_output_tokens'] as const

const FLAG_CAPABILITIES: readonly (readonly [flag: string, capability: Capability])[] = [
  ['vision', 'vision'],
  ['audio', 'audio'],
  ['function_calling', 'function_calling'],
  ['tools', 'function_calling'],
  ['tool_use', 'function_calling'],
  ['trained_for_tool_use', 'function_calling'],
  ['reasoning', 'reasoning'],
  ['thinking', 'reasoning'],
  ['completion_fim', 'code'],
]

const TYPE_CAPABILITIES: Readonly<Partial<Record<ModelType, Capability>>> = Object.freeze({
  image: 'image_generation',
  speech: 'audio',
  transcription: 'audio',
  realtime: 'audio',
  video: 'video',
})

/** What the row does not say and others do. */
interface Overlay {
  readonly facts: OpenAiModelFacts | undefined
  readonly price: KnownPrice | undefined
}

/**
 * Reads a row of OpenAI's list, or of one of the many that look like it.
 *
 * @throws Error when the row has no usable id.
 */
export function readOpenAiRow(row: unknown, context: RowContext): ListedModel {
  const found = readRow(row, ID_FIELDS)
  const { id, fields } = found
  const overlay = overlayOf(found, context)
  const modelType = rowType(found)
  const contextLength = firstTokens(fields, CONTEXT_FIELDS) ?? contextOf(overlay)
  return toListedModel(
    found,
    {
      displayName: asText(fields['display_name']) ?? asText(fields['name']),
      description: asText(fields['description']),
      modelType,
      capabilities: toCapabilities({
        id,
        inputs: TYPE_CAPABILITIES[modelType] === undefined ? ['text'] : [],
        outputs: [],
        contextLength,
        also: [TYPE_CAPABILITIES[modelType], ...flagsOf(fields), ...factsOf(overlay)],
      }),
      contextLength,
      maxOutputTokens: firstTokens(fields, OUTPUT_FIELDS) ?? overlay.facts?.maxOutputTokens,
      pricing: pricingOf(found, overlay),
      releasedAtMs: fromUnixSeconds(fields['created']),
      expiresAtMs: fromIsoDate(fields['shutdown_date']) ?? fromIsoDate(fields['deprecation']),
      supportedParameters: parametersOf(fields['supported_parameters']),
      unavailableReason:
        fields['active'] === false ? 'Its provider marks it as not active.' : undefined,
    },
    context,
  )
}

function overlayOf({ id, fields }: Row, { nowMs }: RowContext): Overlay {
  const provider = pricedProviderOf(id, fields)
  return {
    facts: provider === 'openai' ? openAiModelFacts(id) : undefined,
    price: provider === undefined ? undefined : findKnownPrice({ provider, externalId: id, nowMs }),
  }
}

function contextOf({ facts, price }: Overlay): number | undefined {
  return facts?.contextLength ?? price?.contextLength
}

function factsOf({ facts }: Overlay): readonly Capability[] {
  return facts?.capabilities ?? []
}

/**
 * Whose prices hold, by marks that only the provider's own list has: a name alone may be that of a
 * model on someone's own machine.
 */
function pricedProviderOf(id: string, fields: JsonObject): PricedProvider | undefined {
  if ('active' in fields && 'context_window' in fields) return 'groq'
  if (id.includes('/')) return undefined
  const owner = asText(fields['owned_by']) ?? ''
  if (owner === 'mistralai') return 'capabilities' in fields ? 'mistral' : undefined
  if (owner === 'deepseek') return 'deepseek'
  return owner === 'system' || owner.startsWith('openai') || id.startsWith('ft:')
    ? 'openai'
    : undefined
}

function pricingOf({ id, fields }: Row, { price }: Overlay): ModelPricing {
  const pricing = asObject(fields['pricing'])
  if (pricing === undefined) return price?.pricing ?? {}
  return 'prompt' in pricing ? readOpenRouterPricing(pricing) : perMillionPricing(id, pricing)
}

/**
 * Together's prices, for 1,000,000 tokens. Zero for both is what it says of models that have no
 * price by token; only those that are called free are free.
 */
function perMillionPricing(id: string, pricing: JsonObject): ModelPricing {
  const input = priceText(pricing['input'])
  const output = priceText(pricing['output'])
  if (input === '0' && output === '0' && !/free/iu.test(id)) return {}
  return toPricing(
    { input, output, cachedInput: priceText(pricing['cached_input']) },
    [],
    'provider',
  )
}

function flagsOf(fields: JsonObject): readonly Capability[] {
  const flags = rowFlags(fields)
  const capabilities = FLAG_CAPABILITIES.filter(([flag]) => flags.has(flag)).map(([, one]) => one)
  return fields['type'] === 'vlm' ? [...capabilities, 'vision'] : capabilities
}
