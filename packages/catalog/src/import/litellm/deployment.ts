import type { Capability, JsonObject, ModelType } from '@imrs/core'

import type { ImportedModel, ParseOptions } from '../import-source.ts'
import { readCapabilities, readModelType, withContext } from '../read/capabilities.ts'
import type { Fields } from '../read/fields.ts'
import { booleanOf, countOf, fieldsOf, firstName, isFields } from '../read/fields.ts'
import { identify } from '../read/identity.ts'
import type { PriceNames } from '../read/prices.ts'
import { readPricing } from '../read/prices.ts'
import { stated } from '../read/read-model.ts'
import { describeSecrets, variableOf } from '../read/secrets.ts'
import type { SourceBuilder } from '../read/source-builder.ts'
import { idOf } from '../read/source-builder.ts'
import { readTarget } from './litellm-providers.ts'

const PRICES: PriceNames = {
  perMillion: {},
  perToken: {
    input: ['input_cost_per_token'],
    output: ['output_cost_per_token'],
    cachedInput: ['cache_read_input_token_cost'],
    cacheWrite: ['cache_creation_input_token_cost'],
    reasoning: ['output_cost_per_reasoning_token'],
  },
}

const CAPABILITY_FLAGS: readonly (readonly [string, Capability])[] = [
  ['supports_vision', 'vision'],
  ['supports_function_calling', 'function_calling'],
  ['supports_response_schema', 'structured_output'],
  ['supports_reasoning', 'reasoning'],
  ['supports_audio_input', 'audio'],
  ['supports_video_input', 'video'],
  ['supports_pdf_input', 'document'],
]

/** One entry of `model_list`. */
export interface DeploymentRow {
  readonly row: string
  readonly value: unknown
  readonly options: ParseOptions
  /** The model each `model_name` means, filled as rows are read. */
  readonly groups: Map<string, string>
}

/** Reads one entry of `model_list`: a model, and its `model_name` as an alias. */
export function readDeployment(builder: SourceBuilder, deployment: DeploymentRow): void {
  const { row, value, options, groups } = deployment
  if (!isFields(value)) return builder.refuse(row, 'It is no object.')
  const params = fieldsOf(value['litellm_params'])
  const model = firstName(params, 'model')
  if (model === undefined) return builder.refuse(row, 'It has no `litellm_params.model`.')
  const target = readTarget(params, model, options)
  if ('reason' in target) return builder.refuse(row, target.reason)
  const identity = identify({ name: target.externalId, provider: target.providerId }, options)
  if ('reason' in identity) return builder.refuse(row, identity.reason)

  const group = firstName(value, 'model_name')
  const modelId = idOf(identity)
  const known = builder.modelOf(modelId)
  if (known !== undefined && (group === undefined || groups.get(group) === modelId)) {
    return builder.refuse(row, `It repeats ${known.row}, which is kept.`)
  }
  builder.addModel({ row, ...identity, ...modelFields(value, params) })
  builder.needProvider(
    stated({
      id: identity.providerId,
      apiBase: target.apiBase,
      keyVariable: variableOf(params['api_key']),
    }),
  )
  const notes = [...describeSecrets(params), ...describeSecrets(fieldsOf(value['model_info']))]
  builder.use(row, [...notes, ...nameGroup(builder, { row, group, modelId, groups })])
}

interface GroupName {
  readonly row: string
  readonly group: string | undefined
  readonly modelId: string
  readonly groups: Map<string, string>
}

/** A group of several deployments means the first of them: a name means one model here. */
function nameGroup(
  builder: SourceBuilder,
  { row, group, modelId, groups }: GroupName,
): readonly string[] {
  if (group === undefined) return []
  if (group.includes('*')) return ['Its `model_name` is a pattern and became no alias.']
  if (!groups.has(group)) groups.set(group, modelId)
  return builder.nameModel(row, group, modelId)
}

function modelFields(
  value: Fields,
  params: Fields,
): Omit<ImportedModel, 'row' | 'providerId' | 'externalId'> {
  const info = fieldsOf(value['model_info'])
  const both = { ...params, ...info }
  const contextLength = countOf(info['max_input_tokens']) ?? countOf(info['max_tokens'])
  return stated({
    description: firstName(info, 'description'),
    modelType: modelTypeOf(firstName(info, 'mode')),
    capabilities: capabilitiesOf(info, contextLength),
    contextLength,
    maxOutputTokens: countOf(info['max_output_tokens']),
    pricing: readPricing(both, PRICES),
    metadata: limitsOf(value, params),
  })
}

function modelTypeOf(mode: string | undefined): ModelType | undefined {
  return mode === undefined ? undefined : (readModelType(mode) ?? 'unknown')
}

/** `undefined` when nothing is said of any: then nothing is known. */
function capabilitiesOf(
  info: Fields,
  contextLength: number | undefined,
): readonly Capability[] | undefined {
  const flags = CAPABILITY_FLAGS.filter(([flag]) => booleanOf(info[flag]) === true)
  if (flags.length === 0) return undefined
  const { capabilities } = readCapabilities(flags.map(([, capability]) => capability))
  return withContext(capabilities, contextLength)
}

/** Limits of one deployment have no field here: the provider's own limit counts. */
function limitsOf(value: Fields, params: Fields): JsonObject {
  const rpm = countOf(params['rpm'] ?? value['rpm'])
  const tpm = countOf(params['tpm'] ?? value['tpm'])
  const apiVersion = firstName(params, 'api_version')
  return {
    ...(rpm === undefined ? {} : { rpm }),
    ...(tpm === undefined ? {} : { tpm }),
    ...(apiVersion === undefined ? {} : { apiVersion }),
  }
}
