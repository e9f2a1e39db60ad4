import type {
  JsonObject,
  Model,
  ModelParameterName,
  ModelParameterSupport,
  ModelParameters,
  ParameterDefaults,
  Provider,
} from '@imrs/core'
import { parameterSupportOf } from '@imrs/core'

import { fittedValue, valueProblem } from './parameter-problem.ts'
import type { ParameterValue } from './parameter-problem.ts'
import { mergedOptions, providerOptionsOf } from './provider-options.ts'
import { PLAIN_PARAMETERS } from './refused-parameter.ts'
import { combineParameters } from './resolve-parameters.ts'
import type { ResolvedParameters } from './resolve-parameters.ts'

/** What one model takes, and what it is given where a request leaves something out. */
export interface ParameterProfile {
  readonly support: ModelParameterSupport
  /** Of the defaults that count for it, what it takes, each looked at by itself. */
  readonly defaults: ModelParameters
  /** What a request that sets no parameter comes to. */
  readonly unasked: ResolvedParameters
}

/** Of whom profiles are made, and which defaults count for them. */
export interface ProfileSource {
  readonly models: readonly Model[]
  readonly providers: readonly Provider[]
  /** Those of one agent, with those of no agent. */
  readonly defaults: readonly ParameterDefaults[]
}

const NONE: ModelParameters = Object.freeze({})
const NOTHING: ResolvedParameters = Object.freeze({
  parameters: NONE,
  dropped: Object.freeze([]),
})

/** One profile for each model, in the order of the models. */
export function buildParameterProfiles({
  models,
  providers,
  defaults,
}: ProfileSource): readonly ParameterProfile[] {
  const providerOf = new Map(providers.map((provider) => [provider.id, provider]))
  const layersOf = layersByModel(defaults)
  return models.map((model) => {
    const support = parameterSupportOf(model, providerOf.get(model.providerId) ?? UNKNOWN_PROVIDER)
    const layers = layersOf(model.id)
    if (layers.length === 0) return { support, defaults: NONE, unasked: NOTHING }
    const taken = withoutUnsupported(merged(layers, model.providerId), support)
    const profile = { support, defaults: taken }
    return { ...profile, unasked: combineParameters({ request: NONE, model, profile }) }
  })
}

/** Stands in for a provider of which nothing is known. */
export const UNKNOWN_PROVIDER: Pick<Provider, 'providerType' | 'apiBase'> = Object.freeze({
  providerType: 'custom',
  apiBase: '',
})

/** The defaults that count for a model, the narrowest first. */
function layersByModel(
  defaults: readonly ParameterDefaults[],
): (modelId: string) => readonly ModelParameters[] {
  const ofAgent = new Map<string | undefined, ModelParameters>()
  const ofAll = new Map<string | undefined, ModelParameters>()
  for (const { agentId, modelId, parameters } of defaults) {
    const layer = agentId === undefined ? ofAll : ofAgent
    layer.set(modelId, parameters)
  }
  return (modelId) =>
    [ofAgent.get(modelId), ofAgent.get(undefined), ofAll.get(modelId)].filter(
      (layer) => layer !== undefined,
    )
}

function merged(layers: readonly ModelParameters[], providerId: string): ModelParameters {
  let parameters: ModelParameters = NONE
  let options: JsonObject | undefined
  for (const layer of layers.toReversed()) {
    options = mergedOptions(options, providerOptionsOf(layer, providerId))
    parameters = { ...parameters, ...layer }
  }
  const { providerOptions: _all, ...rest } = parameters
  return options === undefined ? rest : { ...rest, providerOptions: { [providerId]: options } }
}

function withoutUnsupported(
  given: ModelParameters,
  { parameters }: ModelParameterSupport,
): ModelParameters {
  const taken: Partial<Record<ModelParameterName, ParameterValue>> = { ...given }
  for (const name of PLAIN_PARAMETERS) {
    const value = given[name]
    if (value === undefined) continue
    const problem = valueProblem(value, parameters[name])
    taken[name] = fittedValue({ name, value, problem }, parameters[name])
  }
  // Each value is what is left of the one with the same name.
  return taken as ModelParameters
}
