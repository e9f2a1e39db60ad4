import type {
  CallOptions,
  Provider,
  ProviderAdapter,
  ProviderDefinition,
  ProviderFamily,
  ProviderType,
  Runtime,
  SecretReference,
  SecretStore,
} from '@imrs/core'
import { ImrsError, vaultPathOf } from '@imrs/core'

import type { CredentialStatus } from './providers-contract.ts'
import { keyHash } from './user-keys.ts'
import type { UserKeyOptions } from './user-keys.ts'

export interface ConnectionsOptions {
  readonly definitions: readonly ProviderDefinition[]
  /** Who speaks for providers that were made at run time. */
  readonly families: Readonly<Partial<Record<ProviderType, ProviderFamily>>>
  readonly secrets: SecretStore
  readonly runtime: Runtime
}

/** A connection for one call. */
export interface ProviderLink {
  readonly adapter: ProviderAdapter
  /** Names the key without telling it; the same key has the same name in every process. */
  readonly credentialId: string
}

interface Connection extends ProviderLink {
  readonly provider: Provider
  readonly credential: string | undefined
}

const NO_CREDENTIAL = 'none'

/** Adapters of providers, one at a time for each, made anew when the row or the key changes. */
export class Connections {
  readonly #options: ConnectionsOptions
  readonly #families: ReadonlyMap<string, ProviderFamily>
  readonly #connections = new Map<string, Connection>()

  constructor(options: ConnectionsOptions) {
    this.#options = options
    this.#families = new Map(
      options.definitions.map((definition) => [definition.provider.id, definition.family]),
    )
  }

  /** Whether there is a key, the user's own included; throws only when the secret store cannot tell. */
  async credentialOf(provider: Provider, options?: UserKeyOptions): Promise<CredentialStatus> {
    if (provider.apiKeyVaultPath === undefined) return { isPresent: true }
    const reference = referenceOf(provider)
    const secret = await this.#options.secrets.read(reference, options)
    if (secret !== undefined) return { isPresent: true }
    return options?.userKeys?.[provider.id] === undefined
      ? { isPresent: false, instruction: this.#options.secrets.instruction(reference) }
      : { isPresent: true, isUsers: true }
  }

  /** An adapter with a key that is used for this call alone, and kept nowhere. */
  connectWith(provider: Provider, credential: string): ProviderAdapter {
    const { runtime } = this.#options
    return this.familyOf(provider).connect({ provider, credential, runtime })
  }

  /** @throws ImrsError `missing-credential` that says what to set. */
  async connect(provider: Provider, options?: UserKeyOptions): Promise<ProviderLink> {
    const userKey = options?.userKeys?.[provider.id]
    if (userKey !== undefined && (await this.credentialOf(provider, options)).isUsers === true) {
      return { adapter: this.connectWith(provider, userKey), credentialId: keyHash(userKey) }
    }
    const credential = await this.#credential(provider, options)
    const known = this.#connections.get(provider.id)
    if (
      known !== undefined &&
      known.credential === credential &&
      known.provider.updatedAtMs === provider.updatedAtMs
    ) {
      return known
    }
    const adapter = this.familyOf(provider).connect({
      provider,
      credential,
      runtime: this.#options.runtime,
    })
    const credentialId = credential === undefined ? NO_CREDENTIAL : keyHash(credential)
    const connection = { provider, credential, adapter, credentialId }
    this.#connections.set(provider.id, connection)
    return connection
  }

  /** Which of the host's keys was used last; `undefined` before the first use. */
  credentialIdOf(providerId: string): string | undefined {
    return this.#connections.get(providerId)?.credentialId
  }

  async #credential(provider: Provider, options?: CallOptions): Promise<string | undefined> {
    if (provider.apiKeyVaultPath === undefined) return undefined
    const reference = referenceOf(provider)
    const credential = await this.#options.secrets.read(reference, options)
    if (credential === undefined) {
      throw new ImrsError(
        'missing-credential',
        `${provider.displayName} has no key. ${this.#options.secrets.instruction(reference)}`,
      )
    }
    return credential
  }

  /** @throws ImrsError `invalid-request` when nobody speaks for the type. */
  familyOf(provider: Pick<Provider, 'id' | 'providerType'>): ProviderFamily {
    const family = this.#families.get(provider.id) ?? this.#options.families[provider.providerType]
    if (family !== undefined) return family
    throw new ImrsError(
      'invalid-request',
      `This router was made without a family for providers of type ${provider.providerType}. ` +
        'Pass `families` of @imrs/providers to createRouter.',
      { field: 'providerType' },
    )
  }
}

/** Where the key of a provider lies. */
export function referenceOf(provider: Provider): SecretReference {
  return {
    providerId: provider.id,
    path: provider.apiKeyVaultPath ?? vaultPathOf(provider.id),
    origin: provider.origin,
  }
}
