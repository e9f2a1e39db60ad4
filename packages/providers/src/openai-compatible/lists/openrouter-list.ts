import { asList, asObject, asText } from '@imrs/core'
import type {
  Capability,
  JsonObject,
  JsonValue,
  ListedModel,
  ModelPricing,
  ModelType,
  PriceSet,
  PriceTier,
} from '@imrs/core'

import { asCount, asTexts } from '../../shared/foreign-json.ts'
import { perTokenPrice, priceText, toPricing } from '../../shared/prices.ts'
import { certainTypeOfName, typeOfName } from './model-type.ts'
import { publishedScoreOf } from './published-score.ts'
import { toCapabilities } from './row-capabilities.ts'
import type { RowContext } from './row-context.ts'
import {
  asTokens,
  fromIsoDate,
  fromUnixSeconds,
  parametersOf,
  readRow,
  toListedModel,
} from './row-fields.ts'
import type { Row } from './row-fields.ts'

interface Modalities {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

const OUTPUT_TYPES: ReadonlyMap<string, ModelType> = new Map([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'speech'],
  ['speech', 'speech'],
  ['embeddings', 'embedding'],
  ['embedding', 'embedding'],
  ['rerank', 'rerank'],
  ['transcription', 'transcription'],
])

/** Bounds by time of day are prices of an hour, not of a size. */
const TIME_FIELDS = ['utc_start', 'utc_end', 'utc_days'] as const

/**
 * Reads a row of OpenRouter's list.
 *
 * @throws Error when the row has no usable id.
 */
export function readOpenRouterRow(row: unknown, context: RowContext): ListedModel {
  const found = readRow(row)
  const { id, fields } = found
  const modalities = modalitiesOf(fields)
  const contextLength = contextLengthOf(fields)
  const parameters = parametersOf(fields['supported_parameters'])
  return toListedModel(
    found,
    {
      displayName: asText(fields['name']),
      description: asText(fields['description']),
      modelType: typeOf(found, modalities),
      capabilities: toCapabilities({
        id,
        ...modalities,
        contextLength,
        also: parameterCapabilities(parameters ?? []),
      }),
      contextLength,
      maxOutputTokens: maxOutputOf(fields, contextLength),
      pricing: readOpenRouterPricing(asObject(fields['pricing'])),
      releasedAtMs: fromUnixSeconds(fields['created']),
      expiresAtMs: fromIsoDate(fields['expiration_date']),
      supportedParameters: parameters,
      published: publishedScoreOf(fields['benchmarks']),
    },
    context,
  )
}

/** Prices as decimal text for one token, with tiers by the size of the prompt in `overrides`. */
export function readOpenRouterPricing(pricing: JsonObject | undefined): ModelPricing {
  if (pricing === undefined) return {}
  const tiers = (asList(pricing['overrides']) ?? []).flatMap((override) => tierOf(override))
  return toPricing(pricesOf(pricing), tiers, 'provider')
}

function pricesOf(pricing: JsonObject): PriceSet {
  const output = perTokenPrice(pricing['completion'])
  const reasoning = perTokenPrice(pricing['internal_reasoning'])
  return {
    input: perTokenPrice(pricing['prompt']),
    output,
    cachedInput: perTokenPrice(pricing['input_cache_read']),
    cacheWrite: perTokenPrice(pricing['input_cache_write']),
    // Zero beside a price for answers means "no price of its own", not "free".
    reasoning: reasoning === '0' && output !== '0' ? undefined : reasoning,
    request: priceText(pricing['request']),
  }
}

function tierOf(override: JsonValue): readonly PriceTier[] {
  const fields = asObject(override) ?? {}
  const abovePromptTokens = asCount(fields['min_prompt_tokens'])
  if (abovePromptTokens === undefined || TIME_FIELDS.some((field) => hasValue(fields[field]))) {
    return []
  }
  return [{ abovePromptTokens, ...pricesOf(fields) }]
}

function hasValue(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null
}

function typeOf({ id }: Row, { outputs }: Modalities): ModelType {
  const certain = certainTypeOfName(id)
  if (certain !== undefined) return certain
  if (outputs.includes('text')) return 'chat'
  if (outputs.length === 0) return typeOfName(id) ?? 'chat'
  const types = outputs.map((output) => OUTPUT_TYPES.get(output))
  return types.find((type) => type !== undefined) ?? 'unknown'
}

/** The lists of modalities, or what `text+image->text` says where they are missing. */
function modalitiesOf(fields: JsonObject): Modalities {
  const architecture = asObject(fields['architecture']) ?? {}
  const [left, right] = (asText(architecture['modality']) ?? '').split('->')
  return {
    inputs: textsOr(architecture['input_modalities'], left),
    outputs: textsOr(architecture['output_modalities'], right),
  }
}

function textsOr(value: JsonValue | undefined, otherwise: string | undefined): readonly string[] {
  const texts = asTexts(value)
  if (texts.length > 0) return texts
  return (otherwise ?? '').split('+').filter((text) => text !== '')
}

/** The smaller of what the model can take and what its first host takes. */
function contextLengthOf(fields: JsonObject): number | undefined {
  const own = asTokens(fields['context_length'])
  const top = asTokens(asObject(fields['top_provider'])?.['context_length'])
  return smaller(own, top)
}

/** An answer cannot be longer than the context, whatever the row says. */
function maxOutputOf(fields: JsonObject, contextLength: number | undefined): number | undefined {
  const max = asTokens(asObject(fields['top_provider'])?.['max_completion_tokens'])
  return max === undefined ? undefined : smaller(max, contextLength)
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}

function parameterCapabilities(parameters: readonly string[]): readonly (Capability | undefined)[] {
  const has = (...names: string[]): boolean => names.some((name) => parameters.includes(name))
  return [
    has('tools') ? 'function_calling' : undefined,
    has('structured_outputs') ? 'structured_output' : undefined,
    has('reasoning', 'include_reasoning', 'reasoning_effort') ? 'reasoning' : undefined,
  ]
}
