import { ConfigError, isProviderId, providerPolicySchema } from '@imrs/core'
import type { JsonObject, ProviderPolicy, ProviderSeed } from '@imrs/core'

import { SECRET_HEADERS } from '../shared/secret-headers.ts'

/** What every provider factory takes. */
export interface ProviderOptions {
  /** Id of the provider in the catalogue: lower-case letters, digits, `_`, `-`; 50 at most. */
  readonly id?: string | undefined
  /** Name for people, 100 characters at most. */
  readonly displayName?: string | undefined
  /** Base URL of the API: `http:` or `https:`, without credentials, query or fragment. */
  readonly apiBase?: string | undefined
  /** Path of the model list below {@link apiBase}. Default: `/models`. */
  readonly modelsEndpoint?: string | undefined
  /** Sent with every request. Never for keys: those come from the secret store. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Requests a minute the account may make. Default: no limit of ours. */
  readonly rateLimitRpm?: number | undefined
  /** How the router treats it: burst, repetitions, the address that is asked how it is. */
  readonly policy?: ProviderPolicy | undefined
  /**
   * `true`: the address may lead into a private network or to this machine. `false`: it is checked
   * and refused there. Default: what was written in code is not checked; a row that came through the
   * API is.
   */
  readonly allowPrivateNetwork?: boolean | undefined
}

/** What a factory knows before it is told anything. */
export type ProviderDefaults = Pick<ProviderSeed, 'id' | 'displayName' | 'providerType' | 'apiBase'>

/** A factory's name, what it knows, what it was told, and the settings it adds. */
export interface ProviderSeedInput {
  readonly factory: string
  readonly defaults: ProviderDefaults
  readonly options: ProviderOptions
  readonly settings?: JsonObject | undefined
}

/**
 * The row a factory's options describe, frozen.
 *
 * @throws ConfigError that names the option, the rule and the value.
 */
export function resolveProviderSeed(input: ProviderSeedInput): ProviderSeed {
  const { factory, defaults, options } = input
  const headers = checkedHeaders(factory, options.headers ?? {})
  return Object.freeze({
    id: checkedId(factory, options.id ?? defaults.id),
    displayName: checkedText(factory, 'displayName', options.displayName ?? defaults.displayName),
    providerType: defaults.providerType,
    apiBase: checkedApiBase(factory, options.apiBase ?? defaults.apiBase),
    modelsEndpoint: checkedPath(factory, options.modelsEndpoint ?? '/models'),
    rateLimitRpm: checkedRateLimit(factory, options.rateLimitRpm),
    settings: Object.freeze({
      ...input.settings,
      ...checkedPolicy(factory, options.policy ?? {}),
      ...privateNetworkSetting(factory, options.allowPrivateNetwork),
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
    }),
  })
}

/** A `ConfigError` in the one form: option, rule, value. */
export function optionError(option: string, rule: string, value: unknown): ConfigError {
  return new ConfigError(`\`${option}\` ${rule}, got ${JSON.stringify(value) ?? String(value)}`)
}

function checkedId(factory: string, id: string): string {
  if (typeof id === 'string' && isProviderId(id)) return id
  throw optionError(`${factory}.id`, 'must be 1 to 50 lower-case letters, digits, _ or -', id)
}

/** Text of 1 to 100 characters. */
function checkedText(factory: string, name: string, value: string): string {
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 100) return value
  throw optionError(`${factory}.${name}`, 'must have 1 to 100 characters', value)
}

function checkedApiBase(factory: string, apiBase: string): string {
  const rule = 'must be an http: or https: address of at most 255 characters'
  const option = `${factory}.apiBase`
  if (typeof apiBase !== 'string' || !URL.canParse(apiBase) || apiBase.length > 255) {
    throw optionError(option, rule, apiBase)
  }
  const url = new URL(apiBase)
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError(`\`${option}\` must not hold a user name or password; it does`)
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw optionError(option, rule, apiBase)
  if (url.search !== '' || url.hash !== '') {
    throw new ConfigError(`\`${option}\` must have no query and no fragment; it has one`)
  }
  return apiBase.replace(/\/+$/, '')
}

function checkedPath(factory: string, path: string): string {
  const isPath = typeof path === 'string' && /^\/[^\s#]*$/.test(path) && !path.startsWith('//')
  if (isPath && path.length <= 255) return path
  throw optionError(`${factory}.modelsEndpoint`, 'must be a path that begins with one /', path)
}

function checkedPolicy(factory: string, policy: ProviderPolicy): JsonObject {
  const { error, data } = providerPolicySchema.safeParse(policy)
  const [issue] = error?.issues ?? []
  if (issue !== undefined) {
    throw new ConfigError(`\`${factory}.policy.${issue.path.join('.')}\`: ${issue.message}`)
  }
  return JSON.parse(JSON.stringify(data)) as JsonObject
}

function checkedRateLimit(factory: string, value: number | undefined): number | undefined {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return value
  throw optionError(`${factory}.rateLimitRpm`, 'must be a positive integer', value)
}

function privateNetworkSetting(factory: string, value: boolean | undefined): JsonObject {
  if (value === undefined) return {}
  if (typeof value === 'boolean') return { allowPrivateNetwork: value }
  throw optionError(`${factory}.allowPrivateNetwork`, 'must be true or false', value)
}

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~\w]+$/
const HEADER_VALUE = /^[\t\x20-\x7e]*$/

function checkedHeaders(
  factory: string,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) {
      throw optionError(`${factory}.headers`, 'must have names HTTP allows', name)
    }
    if (SECRET_HEADERS.has(name.toLowerCase())) {
      // The value is likely a key: it is not repeated.
      throw new ConfigError(
        `\`${factory}.headers\` must not hold \`${name}\`: keys come from the secret store`,
      )
    }
    if (typeof value !== 'string' || !HEADER_VALUE.test(value)) {
      throw optionError(`${factory}.headers.${name}`, 'must be one line of ASCII text', value)
    }
  }
  return Object.freeze({ ...headers })
}
