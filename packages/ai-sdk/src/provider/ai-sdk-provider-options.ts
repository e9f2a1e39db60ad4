import type { LanguageModelV4 } from '@ai-sdk/provider'
import {
  CAPABILITIES,
  ConfigError,
  MODEL_ID_MAX_LENGTH,
  isProviderId,
  modelPricingSchema,
  providerPolicySchema,
} from '@imrs/core'
import type { Capability, ListedModel, ModelPricing, ProviderPolicy } from '@imrs/core'
import { z } from 'zod'

import { plainObject } from '../shared/plain-json.ts'

/** One model of the AI SDK's, and what its catalogue row is to say. */
export interface AiSdkModel {
  /** Of the current specification, `v4`. An older one is brought up to it by the SDK's `wrapLanguageModel`. */
  readonly model: LanguageModelV4
  /** The name it has in the catalogue, behind the provider's id. Default: the model's own. */
  readonly id?: string | undefined
  /** Default: the name in the catalogue. */
  readonly displayName?: string | undefined
  readonly description?: string | undefined
  /** What it can do: a request that needs more goes to another model. Default: `['text']`. */
  readonly capabilities?: readonly Capability[] | undefined
  /** Tokens. Default: unknown. */
  readonly contextLength?: number | undefined
  /** Tokens. Default: unknown. */
  readonly maxOutputTokens?: number | undefined
  /** US dollars per million tokens, as decimal text. Default: unknown, which is not free. */
  readonly pricing?: ModelPricing | undefined
  /** Parameters it takes, such as `temperature` and `seed`; others are dropped with a warning. Default: unknown, all are passed. */
  readonly supportedParameters?: readonly string[] | undefined
}

/** Options of `aiSdkProvider`. */
export interface AiSdkProviderOptions {
  /** Id of the provider in the catalogue: lower-case letters, digits, `_`, `-`; 50 at most. */
  readonly id: string
  /** Name for people, 100 characters at most. Default: the id. */
  readonly displayName?: string | undefined
  readonly models: readonly AiSdkModel[]
  /** Requests a minute the account may make. Default: no limit of ours. */
  readonly rateLimitRpm?: number | undefined
  /** How the router treats it: burst, repetitions. */
  readonly policy?: ProviderPolicy | undefined
}

/** One model and its row, of which the row is what the catalogue sees. */
export interface ResolvedAiSdkModel {
  readonly model: LanguageModelV4
  readonly listed: ListedModel
}

/** The options with nothing left open. */
export interface ResolvedAiSdkProviderOptions {
  readonly id: string
  readonly displayName: string
  readonly rateLimitRpm: number | undefined
  readonly policy: ProviderPolicy
  /** By the name in the catalogue. */
  readonly models: ReadonlyMap<string, ResolvedAiSdkModel>
}

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveAiSdkProviderOptions(
  options: AiSdkProviderOptions,
): ResolvedAiSdkProviderOptions {
  const { id, displayName = id, rateLimitRpm, policy = {} } = options
  if (!isProviderId(id)) {
    throw optionError('id', 'must be 1 to 50 lower-case letters, digits, _ or -', id)
  }
  assertFits('displayName', z.string().trim().min(1).max(100), displayName)
  assertFits('rateLimitRpm', z.int().positive().optional(), rateLimitRpm)
  assertFits('policy', providerPolicySchema, policy)
  return Object.freeze({ id, displayName, rateLimitRpm, policy, models: resolveModels(options) })
}

function resolveModels({ models }: AiSdkProviderOptions): ReadonlyMap<string, ResolvedAiSdkModel> {
  const byName = new Map<string, ResolvedAiSdkModel>()
  for (const [index, given] of models.entries()) {
    const resolved = resolveModel(given, `models[${index}]`)
    const { externalId } = resolved.listed
    if (byName.has(externalId)) {
      throw optionError(`models[${index}].id`, 'must be another for each model', externalId)
    }
    byName.set(externalId, resolved)
  }
  if (byName.size === 0) throw optionError('models', 'must hold a model', models)
  return byName
}

const rowSchema = z.object({
  id: z
    .string()
    .min(1)
    .max(MODEL_ID_MAX_LENGTH - 51),
  displayName: z.string().min(1).max(255),
  description: z.string().optional(),
  capabilities: z.array(z.enum(CAPABILITIES)),
  contextLength: z.int().positive().optional(),
  maxOutputTokens: z.int().positive().optional(),
  pricing: modelPricingSchema,
  supportedParameters: z.array(z.string()).optional(),
})

function resolveModel({ model, ...given }: AiSdkModel, path: string): ResolvedAiSdkModel {
  // What is passed from JavaScript, or from an older SDK, can be anything.
  const version: unknown = model.specificationVersion
  if (version !== 'v4') {
    const rule = 'must be "v4"; `wrapLanguageModel` of the AI SDK makes one of older models'
    throw optionError(`${path}.model.specificationVersion`, rule, version)
  }
  const { id = model.modelId, displayName = id, capabilities = ['text'], pricing = {} } = given
  const row = { ...given, id, displayName, capabilities, pricing }
  assertFits(path, rowSchema, row)
  const { id: externalId, ...facts } = row
  const metadata = { provider: model.provider, modelId: model.modelId }
  return {
    model,
    listed: Object.freeze({
      ...facts,
      externalId,
      modelType: 'chat',
      isAvailable: true,
      metadata: plainObject(metadata),
    }),
  }
}

function assertFits(option: string, schema: z.ZodType, value: unknown): void {
  const issue = schema.safeParse(value).error?.issues[0]
  if (issue === undefined) return
  const path = [option, ...issue.path.map(String)].join('.')
  throw new ConfigError(`\`aiSdkProvider.${path}\`: ${issue.message}`)
}

function optionError(option: string, rule: string, value: unknown): ConfigError {
  const shown = JSON.stringify(value) ?? String(value)
  return new ConfigError(`\`aiSdkProvider.${option}\` ${rule}, got ${shown}`)
}
