import type {
  CallOptions,
  HealthChangeQuery,
  ProviderHealth,
  ProviderHealthChange,
} from '@imrs/core'

import type { ModelsApi } from './models-contract.ts'
import type { ProvidersApi } from './providers-contract.ts'

export interface HealthApi {
  /** What is believed of each provider right now, from lists and from traffic. Asks nobody. */
  list(options?: CallOptions): Promise<readonly ProviderHealth[]>
  /**
   * Asks the provider now, at no cost, unless it was asked within the last 30 seconds; calls that
   * overlap share one question.
   *
   * @throws ImrsError `unknown-provider` or `missing-credential`.
   */
  check(providerId: string, options?: CallOptions): Promise<ProviderHealth>
  /**
   * How providers were, newest first: each change of status once, whichever process saw it and however
   * many did. What this process has seen is in it. Changes are kept for 90 days, or what
   * `retention.healthDays` says.
   *
   * @throws ImrsError `invalid-request`, `store-unavailable`.
   */
  history(
    query?: HealthChangeQuery,
    options?: CallOptions,
  ): Promise<readonly ProviderHealthChange[]>
}

/** The models of all providers. */
export interface Catalog {
  readonly providers: ProvidersApi
  readonly models: ModelsApi
  readonly health: HealthApi
}
