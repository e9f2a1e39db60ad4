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

import { asCount, isTrue } from '../../shared/foreign-json.ts'
import { perTokenPrice, toPricing } from '../../shared/prices.ts'
import { certainTypeOfName, typeOfName } from './model-type.ts'
import { toCapabilities } from './row-capabilities.ts'
import type { RowContext } from './row-context.ts'
import { asTokens, fromUnixSeconds, readRow, toListedModel } from './row-fields.ts'

const API_TYPES: ReadonlyMap<string, ModelType> = new Map([
  ['chat', 'chat'],
  ['embedding', 'embedding'],
  ['embeddings', 'embedding'],
  ['image', 'image'],
  ['images', 'image'],
  ['video', 'video'],
  ['speech', 'speech'],
  ['tts', 'speech'],
  ['transcription', 'transcription'],
  ['moderation', 'moderation'],
  ['rerank', 'rerank'],
  ['realtime', 'realtime'],
])

const FLAG_CAPABILITIES: readonly (readonly [flag: string, capability: Capability])[] = [
  ['supports_vision', 'vision'],
  ['supports_reasoning', 'reasoning'],
  ['supports_image_generation', 'image_generation'],
  ['supports_tool_calling', 'function_calling'],
  ['supports_output_json_schema', 'structured_output'],
]

/**
 * Reads a row of Requesty's list.
 *
 * @throws Error when the row has no usable id.
 */
export function readRequestyRow(row: unknown, context: RowContext): ListedModel {
  const found = readRow(row)
  const { id, fields } = found
  const modelType = typeOf(id, fields)
  const contextLength = asTokens(fields['context_window'])
  return toListedModel(
    found,
    {
      displayName: asText(fields['name']),
      description: asText(fields['description']),
      modelType,
      capabilities: toCapabilities({
        id,
        inputs: modelType === 'chat' || modelType === 'batch' ? ['text'] : [],
        outputs: [],
        contextLength,
        also: FLAG_CAPABILITIES.map(([flag, capability]) =>
          isTrue(fields[flag]) ? capability : undefined,
        ),
      }),
      contextLength,
      maxOutputTokens: asTokens(fields['max_output_tokens']),
      pricing: pricingOf(fields),
      releasedAtMs: fromUnixSeconds(fields['created']),
      expiresAtMs: fromUnixSeconds(fields['retires']),
    },
    context,
  )
}

function typeOf(id: string, fields: JsonObject): ModelType {
  const certain = certainTypeOfName(id)
  if (certain !== undefined) return certain
  const api = asText(fields['api'])
  return api === undefined ? (typeOfName(id) ?? 'chat') : (API_TYPES.get(api) ?? 'unknown')
}

function pricingOf(fields: JsonObject): ModelPricing {
  const tiers = (asList(fields['pricing']) ?? []).flatMap((tier) => tierOf(tier))
  return toPricing(pricesOf(fields), tiers, 'provider')
}

function tierOf(tier: JsonValue): readonly PriceTier[] {
  const fields = asObject(tier) ?? {}
  const abovePromptTokens = asCount(fields['prompt_tokens_threshold'])
  return abovePromptTokens === undefined ? [] : [{ abovePromptTokens, ...pricesOf(fields) }]
}

function pricesOf(fields: JsonObject): PriceSet {
  const input = perTokenPrice(fields['input_price'])
  return {
    input,
    output: perTokenPrice(fields['output_price']),
    cachedInput: cachePrice(fields['cached_price'], input),
    cacheWrite: cachePrice(fields['caching_price'], input),
  }
}

/** Zero beside a price for prompts means "no cache", not "free". */
function cachePrice(value: JsonValue | undefined, input: string | undefined): string | undefined {
  const price = perTokenPrice(value)
  return price === '0' && input !== '0' ? undefined : price
}
