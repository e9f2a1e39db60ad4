import { ImrsError } from '../errors/imrs-error.ts'
import { canonicalJson } from '../json.ts'
import type { Provider } from './provider.ts'

/** What may be changed of a provider that was made through the API. */
export type ProviderSettings = Pick<
  Provider,
  | 'displayName'
  | 'providerType'
  | 'apiBase'
  | 'modelsEndpoint'
  | 'apiKeyVaultPath'
  | 'rateLimitRpm'
  | 'isActive'
  | 'settings'
>

export interface ProviderChange {
  /** Members that are `undefined` say nothing. */
  readonly set?:
    | { readonly [Field in keyof ProviderSettings]?: ProviderSettings[Field] | undefined }
    | undefined
  /** Absent from now on. Wins over {@link set}. */
  readonly clear?: readonly ('apiKeyVaultPath' | 'rateLimitRpm')[] | undefined
  /** Whether its key was given anew: the audit says so, also when nothing else changes. Default: `false`. */
  readonly keyWritten?: boolean | undefined
  /** Who, for the audit. */
  readonly by?: string | undefined
  readonly atMs: number
}

/**
 * The provider after a change; the same object when it changes nothing and no key was written. Pure.
 *
 * @throws ImrsError `read-only` for a provider that the host's code declares.
 */
export function changedProvider(provider: Provider, change: ProviderChange): Provider {
  if (provider.origin === 'code') {
    const message = `Provider ${provider.id} is declared in code and can be changed only there`
    throw new ImrsError('read-only', message)
  }
  const { set = {}, clear = [] } = change
  const given = Object.entries(set).filter(([, value]) => value !== undefined)
  const cleared = clear.map((field) => [field, undefined] as const)
  const next: Provider = { ...provider, ...Object.fromEntries([...given, ...cleared]) }
  const isSame = change.keyWritten !== true && canonicalJson(next) === canonicalJson(provider)
  if (isSame) return provider
  return { ...next, updatedAtMs: change.atMs }
}
