import type {
  CostTierBounds,
  ProviderDefinition,
  ProviderFamily,
  ProviderType,
  RouterEvent,
  Runtime,
  SecretStore,
  Store,
} from '@imrs/core'

import type { ModelSeed } from './models-contract.ts'

/** How long what was read is taken for granted, milliseconds. */
export interface CacheTimes {
  /** Lists. Default: `600_000`. */
  readonly listMs?: number | undefined
  /** Answers of providers that were asked how they are. Default: `30_000`. */
  readonly healthMs?: number | undefined
}

export interface CatalogOptions {
  /** Already migrated; stays the caller's. */
  readonly store: Store
  /** Stays the caller's. */
  readonly secrets: SecretStore
  readonly definitions: readonly ProviderDefinition[]
  /** Who speaks for providers made at run time, by type. Default: none, so none can be made. */
  readonly families?: Readonly<Partial<Record<ProviderType, ProviderFamily>>> | undefined
  readonly models: readonly ModelSeed[]
  readonly cacheTimes?: CacheTimes | undefined
  /** Where the cost tiers end. Default: low up to 1, standard up to 10 dollars per 1,000,000 tokens. */
  readonly costTierBounds?: CostTierBounds | undefined
  /** Whether a provider made at run time may be told to lead into a private network. Default: `false`. */
  readonly allowPrivateNetworks?: boolean | undefined
  /** Whether callers may bring keys of their own. Default: `false`. */
  readonly allowUserKeys?: boolean | undefined
  readonly runtime: Runtime
  readonly emit: (event: RouterEvent) => void
}
