import type { Model, ModelInfo, ModelsResponse } from '@imrs/core'
import { ConfigError, perTokenFromPerMillion } from '@imrs/core'

import { closestNames } from '../closest-names.ts'

/** What code that used a static list knows of one model. */
export interface ModelDetails {
  /** `OpenRouter` where the list says so, else the provider's id. */
  readonly provider: string
  readonly name: string
  /** Empty when there is none. */
  readonly description: string
  readonly capabilities: readonly string[]
  /** Costs more than nothing. */
  readonly premium: boolean
  readonly vision: boolean
  /** Context window in tokens. */
  readonly contextMax?: number
  readonly apiVersion?: string
  /** US dollars per token. */
  readonly pricing?: { readonly input?: number; readonly output?: number; readonly currency: 'USD' }
}

/** A catalogue as the constants that a hand-written `providers.ts` exported. Frozen throughout. */
export interface CompatCatalog {
  /** Ids of models that can be used now, sorted. */
  readonly MODELS: readonly string[]
  /** By id; also those that cannot be used now, so that old chats can name their model. */
  readonly modelDetails: Readonly<Record<string, ModelDetails>>
  /** The one asked for; a key of `modelDetails`. */
  readonly defaultModel: string
}

/** Options of {@link compatCatalog}. */
export interface CompatOptions {
  /** The id of the model that answers when nobody chose one. */
  readonly defaultModel: string
}

/** How many valid ids an error lists. */
const IDS_IN_ERROR = 5

/**
 * Gives a loaded catalogue the synchronous shape of a static one, so that code that imported
 * `MODELS`, `modelDetails` and `defaultModel` keeps working. Chat models only; the same models give
 * the same result, whatever their order. It is a copy of its moment: make it again after a refresh.
 *
 * @throws ConfigError when no model has the id of `defaultModel`.
 */
export function compatCatalog(
  models: readonly Model[] | ModelsResponse,
  options: CompatOptions,
): CompatCatalog {
  const entries = ('models' in models ? models.models.map(fromInfo) : fromModels(models)).toSorted(
    (left, right) => (left.id < right.id ? -1 : 1),
  )
  const modelDetails = Object.freeze(
    Object.fromEntries(entries.map(({ id, details }) => [id, details])),
  )
  const ids = Object.keys(modelDetails)
  assertKnown(options.defaultModel, modelDetails, ids)
  const usable = new Set(entries.filter(({ isUsable }) => isUsable).map(({ id }) => id))
  return Object.freeze({
    MODELS: Object.freeze([...usable]),
    modelDetails,
    defaultModel: options.defaultModel,
  })
}

interface Entry {
  readonly id: string
  readonly isUsable: boolean
  readonly details: ModelDetails
}

function fromModels(models: readonly Model[]): readonly Entry[] {
  return models.filter(({ modelType }) => modelType === 'chat').map(fromModel)
}

function fromModel(model: Model): Entry {
  const input = toPerToken(model.pricing.input)
  const output = toPerToken(model.pricing.output)
  const { apiVersion } = model.metadata
  return {
    id: model.id,
    isUsable: model.isAvailable,
    details: toDetails({
      provider: model.providerId,
      name: model.displayName,
      description: model.description,
      capabilities: model.capabilities,
      premium: (input ?? 0) > 0 || (output ?? 0) > 0,
      vision: model.capabilities.includes('vision'),
      contextMax: model.contextLength,
      apiVersion: typeof apiVersion === 'string' ? apiVersion : undefined,
      pricing: { input, output },
    }),
  }
}

function fromInfo(info: ModelInfo): Entry {
  return { id: info.id, isUsable: info.status !== 'unavailable', details: toDetails(info) }
}

type DetailsSource = Pick<
  ModelInfo,
  | 'provider'
  | 'name'
  | 'description'
  | 'capabilities'
  | 'premium'
  | 'vision'
  | 'contextMax'
  | 'apiVersion'
  | 'pricing'
>

function toDetails(source: DetailsSource): ModelDetails {
  const { provider, name, premium, vision, contextMax, apiVersion } = source
  return Object.freeze({
    provider,
    name,
    description: source.description ?? '',
    capabilities: Object.freeze([...source.capabilities]),
    premium,
    vision,
    ...(contextMax === undefined ? {} : { contextMax }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...pricingOf(source.pricing),
  })
}

function pricingOf(pricing: ModelInfo['pricing']): Pick<ModelDetails, 'pricing'> {
  const { input, output } = pricing ?? {}
  if (input === undefined && output === undefined) return {}
  return {
    pricing: Object.freeze({
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
      currency: 'USD',
    }),
  }
}

function toPerToken(perMillion: string | undefined): number | undefined {
  return perMillion === undefined ? undefined : perTokenFromPerMillion(perMillion)
}

function assertKnown(
  defaultModel: string,
  modelDetails: CompatCatalog['modelDetails'],
  ids: readonly string[],
): void {
  if (Object.hasOwn(modelDetails, defaultModel)) return
  const close = closestNames(defaultModel, ids).slice(0, IDS_IN_ERROR).join(', ')
  const valid = close === '' ? 'No chat model is known yet.' : `Like it: ${close}.`
  throw new ConfigError(
    `\`defaultModel\` must be the id of a chat model in the catalogue, got ${JSON.stringify(defaultModel)}. ${valid}`,
  )
}
