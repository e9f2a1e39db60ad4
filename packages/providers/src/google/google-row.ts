import type { Capability, JsonObject, ListedModel, ModelType } from '@imrs/core'
import {
  CAPABILITIES,
  LONG_CONTEXT_TOKENS,
  MODEL_ID_MAX_LENGTH,
  asObject,
  asText,
} from '@imrs/core'

import type { RowContext } from '../openai-compatible/lists/row-context.ts'
import { asCount, asTexts, isTrue } from '../shared/foreign-json.ts'
import { libraryPricing } from '../shared/library-prices.ts'

/**
 * Reads one row of Gemini's list.
 *
 * @throws Error with half a sentence for people when it is none.
 */
export function readGoogleRow(value: unknown, { nowMs }: RowContext): ListedModel {
  const row = asObject(value)
  if (row === undefined) throw new Error('it is no object')
  const externalId = modelNameOf(row)
  if (externalId === undefined) throw new Error('it has no name')
  if (externalId.length > MODEL_ID_MAX_LENGTH - 51) throw new Error('its name is too long')
  const modelType = modelTypeOf(externalId, row)
  return {
    externalId,
    displayName: (asText(row['displayName']) ?? externalId).slice(0, 255),
    description: asText(row['description']),
    modelType,
    capabilities: capabilitiesOf({ externalId, modelType, row }),
    contextLength: asCount(row['inputTokenLimit']),
    maxOutputTokens: asCount(row['outputTokenLimit']),
    pricing: libraryPricing({ provider: 'google', externalId, nowMs }),
    isAvailable: true,
    metadata: row,
  }
}

/** The id: the name without the collection it is in. */
export function modelNameOf(row: unknown): string | undefined {
  return asText(asText(asObject(row)?.['name'])?.replace(/^models\//, ''))
}

/** What the names tell, the first that fits; several list `generateContent` and yet write no text. */
const TYPES_BY_NAME: readonly (readonly [RegExp, ModelType])[] = [
  [/embedding/, 'embedding'],
  [/(?:^|-)tts(?:-|$)|^lyria/, 'speech'],
  [/(?:^|-)(?:live|native-audio)(?:-|$)/, 'realtime'],
  [/^veo-/, 'video'],
  [/^imagen-|(?:^|-)image(?:-|$)|image-generation|nano-banana/, 'image'],
  [/transcribe|transcription/, 'transcription'],
  // One answers only to its own tool, the other only through another API.
  [/computer-use|deep-research/, 'unknown'],
]

const TYPES_BY_METHOD: readonly (readonly [string, ModelType])[] = [
  ['generateContent', 'chat'],
  ['bidiGenerateContent', 'realtime'],
  ['embedContent', 'embedding'],
  ['batchGenerateContent', 'batch'],
]

function modelTypeOf(externalId: string, row: JsonObject): ModelType {
  const byName = TYPES_BY_NAME.find(([pattern]) => pattern.test(externalId))?.[1]
  if (byName !== undefined) return byName
  const methods = asTexts(row['supportedGenerationMethods'])
  return TYPES_BY_METHOD.find(([method]) => methods.includes(method))?.[1] ?? 'unknown'
}

const GEMINI: readonly Capability[] = [
  'text',
  'vision',
  'code',
  'audio',
  'video',
  'document',
  'function_calling',
  'structured_output',
]

/** The list tells no modalities: what a family takes, the first that fits. */
const FAMILIES: readonly (readonly [RegExp, readonly Capability[]])[] = [
  [/^gemini-/, GEMINI],
  [/^gemma-3-1b/, ['text', 'code']],
  [/^gemma-3-/, ['text', 'code', 'vision']],
  [/^gemma-3n-/, ['text', 'code']],
  [/^learnlm-/, ['text', 'code', 'vision']],
]

function capabilitiesOf(model: {
  readonly externalId: string
  readonly modelType: ModelType
  readonly row: JsonObject
}): readonly Capability[] {
  const { externalId, modelType, row } = model
  if (modelType === 'image') return ['text', 'vision', 'image_generation']
  if (modelType !== 'chat') return []
  const family = FAMILIES.find(([pattern]) => pattern.test(externalId))?.[1] ?? ['text']
  const has = new Set(family)
  if (isTrue(row['thinking'])) has.add('reasoning')
  if ((asCount(row['inputTokenLimit']) ?? 0) >= LONG_CONTEXT_TOKENS) has.add('long_context')
  return CAPABILITIES.filter((capability) => has.has(capability))
}
