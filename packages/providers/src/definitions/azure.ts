import { CAPABILITIES, ConfigError, modelPricingSchema } from '@imrs/core'
import type { Capability, JsonObject, ModelPricing, ProviderDefinition } from '@imrs/core'

import { azureFamily } from '../azure/azure-family.ts'
import { optionError, resolveProviderSeed } from './provider-options.ts'
import type { ProviderOptions } from './provider-options.ts'

/** A model that you have deployed. What is not said is taken from what is known of the model. */
export interface AzureDeployment {
  /** The deployment's own name; what the model is called by. */
  readonly name: string
  /** OpenAI's name of the model: `gpt-4o-mini`. */
  readonly model: string
  readonly displayName?: string | undefined
  readonly contextLength?: number | undefined
  readonly maxOutputTokens?: number | undefined
  readonly capabilities?: readonly Capability[] | undefined
  readonly pricing?: ModelPricing | undefined
}

/** Options of {@link azure}: `endpoint` or `resource`, and the deployments. */
export interface AzureOptions extends Omit<ProviderOptions, 'apiBase' | 'modelsEndpoint'> {
  /** `https://my-resource.openai.azure.com`, without a path. */
  readonly endpoint?: string | undefined
  /** `my-resource`. */
  readonly resource?: string | undefined
  /** Azure lists deployments only through its management API, so they are named here. */
  readonly deployments: readonly AzureDeployment[]
  /** `2024-10-21`: uses the older addresses, one for each deployment. Default: the v1 API. */
  readonly apiVersion?: string | undefined
}

/**
 * OpenAI's models on Azure. The provider's id is `azure`.
 *
 * @throws ConfigError when an option is wrong.
 */
export function azure(options: AzureOptions): ProviderDefinition {
  const { deployments, apiVersion } = options
  if (apiVersion !== undefined && !/^[\w-]{1,50}$/.test(apiVersion)) {
    throw optionError('azure.apiVersion', 'must be a version such as 2024-10-21', apiVersion)
  }
  return Object.freeze({
    family: azureFamily,
    provider: resolveProviderSeed({
      factory: 'azure',
      defaults: {
        id: 'azure',
        displayName: 'Azure OpenAI',
        providerType: 'azure',
        apiBase: endpointOf(options),
      },
      options,
      settings: {
        deployments: checkedDeployments(deployments),
        ...(apiVersion === undefined ? {} : { apiVersion }),
      },
    }),
  })
}

const RESOURCE = /^[a-z\d](?:[a-z\d-]{0,62}[a-z\d])?$/i

function endpointOf({ endpoint, resource }: AzureOptions): string {
  if ((endpoint === undefined) === (resource === undefined)) {
    throw new ConfigError('`azure` must have either an `endpoint` or a `resource`')
  }
  if (endpoint !== undefined) return endpoint.replace(/\/+$/, '').replace(/\/openai(?:\/v1)?$/, '')
  if (resource !== undefined && RESOURCE.test(resource)) {
    return `https://${resource}.openai.azure.com`
  }
  throw optionError('azure.resource', 'must be the name of a resource', resource)
}

function checkedDeployments(deployments: readonly AzureDeployment[]): readonly JsonObject[] {
  if (!Array.isArray(deployments) || deployments.length === 0) {
    throw optionError('azure.deployments', 'must name at least one deployment', deployments)
  }
  const names = new Set<string>()
  return deployments.map((deployment: AzureDeployment, index) => {
    const option = `azure.deployments[${index}]`
    checkTexts(option, deployment)
    checkFacts(option, deployment)
    if (names.has(deployment.name))
      throw optionError(`${option}.name`, 'must be there once', deployment.name)
    names.add(deployment.name)
    return Object.fromEntries(
      Object.entries(deployment).filter(([, value]) => value !== undefined),
    ) as JsonObject
  })
}

function checkTexts(option: string, { name, model, displayName }: AzureDeployment): void {
  if (typeof name !== 'string' || !/^[\w.-]{1,64}$/.test(name)) {
    throw optionError(`${option}.name`, 'must be 1 to 64 letters, digits, _, . or -', name)
  }
  if (typeof model !== 'string' || !/^\S{1,200}$/.test(model)) {
    throw optionError(`${option}.model`, 'must be the name of a model', model)
  }
  if (displayName !== undefined && (displayName.trim() === '' || displayName.length > 255)) {
    throw optionError(`${option}.displayName`, 'must have 1 to 255 characters', displayName)
  }
}

function checkFacts(option: string, deployment: AzureDeployment): void {
  for (const field of ['contextLength', 'maxOutputTokens'] as const) {
    const value = deployment[field]
    if (value !== undefined && !(Number.isSafeInteger(value) && value > 0)) {
      throw optionError(`${option}.${field}`, 'must be a positive integer', value)
    }
  }
  const { capabilities = [], pricing } = deployment
  const unknown = capabilities.find((capability) => !CAPABILITIES.includes(capability))
  if (unknown !== undefined) {
    throw optionError(`${option}.capabilities`, `must be of ${CAPABILITIES.join(', ')}`, unknown)
  }
  if (pricing !== undefined && !modelPricingSchema.safeParse(pricing).success) {
    throw optionError(`${option}.pricing`, 'must have prices as decimal text', pricing)
  }
}
