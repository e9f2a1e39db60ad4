import type { CostTier, JsonObject } from '@imrs/core'
import { COST_TIERS } from '@imrs/core'

import type { ImportedModel } from '../import-source.ts'
import { readCapabilities, readModelType, withContext } from './capabilities.ts'
import type { Fields } from './fields.ts'
import { booleanOf, countOf, firstName, numberOf, pick, textOf, textsOf } from './fields.ts'
import type { PriceNames } from './prices.ts'
import { readPricing } from './prices.ts'
import { describeSecrets } from './secrets.ts'

/** What a row says about a model besides which one it is. */
export interface ReadModel {
  readonly fields: Omit<ImportedModel, 'row' | 'providerId' | 'externalId'>
  readonly notes: readonly string[]
}

const CONTEXT_NAMES = [
  'ctx_length',
  'context_length',
  'context_window',
  'context_max',
  'max_context_tokens',
  'max_context',
  'max_input_tokens',
]
const ACTIVE_NAMES = ['is_active', 'active', 'is_enabled', 'enabled', 'is_available']

/** Reads the fields that tables and static catalogues have in common, under any of their usual names. */
export function readModel(fields: Fields, prices: PriceNames): ReadModel {
  const notes = [...describeSecrets(fields)]
  const contextLength = countOf(pick(fields, ...CONTEXT_NAMES))
  const capabilities = capabilitiesOf(fields, contextLength)
  if (capabilities.unknown.length > 0) {
    notes.push('Capabilities that mean none of ours were kept in the metadata only.')
  }
  const read = {
    displayName: textOf(pick(fields, 'display_name', 'label', 'title'), 255),
    description: textOf(pick(fields, 'description')),
    modelType: modelTypeOf(fields, notes),
    capabilities: capabilities.known,
    contextLength,
    maxOutputTokens: countOf(pick(fields, 'max_output_tokens', 'max_output')),
    pricing: readPricing(fields, prices),
    priority: priorityOf(fields, notes),
    costTier: costTierOf(fields),
    domains: textsOf(pick(fields, 'domains')),
    isActive: booleanOf(pick(fields, ...ACTIVE_NAMES)),
    metadata: metadataOf(fields, capabilities.unknown),
  }
  return { fields: stated(read), notes }
}

/** Without the members that are `undefined`. */
export function stated<Value extends object>(value: Value): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined),
    // Only members whose type has `undefined` in it are left out.
  ) as Value
}

function capabilitiesOf(fields: Fields, contextLength: number | undefined) {
  const words = textsOf(pick(fields, 'capabilities', 'features', 'tags'))
  const flags = ['vision', 'reasoning', 'code', 'audio'].filter(
    (flag) => booleanOf(pick(fields, flag, `supports_${flag}`)) === true,
  )
  if (words === undefined && flags.length === 0) return { known: undefined, unknown: [] }
  const { capabilities, unknown } = readCapabilities([...(words ?? []), ...flags])
  return { known: withContext(capabilities, contextLength), unknown }
}

function modelTypeOf(fields: Fields, notes: string[]): ImportedModel['modelType'] {
  const word = firstName(fields, 'model_type', 'mode')
  if (word === undefined) return readModelType(firstName(fields, 'type') ?? '')
  const type = readModelType(word)
  if (type === undefined) notes.push('Its model type is none of ours: it is never a candidate.')
  return type ?? 'unknown'
}

function priorityOf(fields: Fields, notes: string[]): number | undefined {
  const number = numberOf(pick(fields, 'priority', 'weight'))
  if (number === undefined) return undefined
  const priority = Math.round(Math.min(100, Math.max(0, number)))
  if (priority !== number) notes.push(`Its priority became ${priority}: whole numbers, 0 to 100.`)
  return priority === 0 ? 0 : priority
}

function costTierOf(fields: Fields): CostTier | undefined {
  const word = firstName(fields, 'cost_tier', 'tier')?.toLowerCase()
  return COST_TIERS.find((tier) => tier === word)
}

function metadataOf(fields: Fields, unknown: readonly string[]): JsonObject {
  const apiVersion = firstName(fields, 'api_version')
  const isPremium = booleanOf(pick(fields, 'premium', 'is_premium'))
  return stated({
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(isPremium === undefined ? {} : { premium: isPremium }),
    ...(unknown.length === 0 ? {} : { capabilities: unknown }),
  })
}
