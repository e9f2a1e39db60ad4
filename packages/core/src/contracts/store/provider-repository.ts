import type { Provider, ProviderHealth } from '../../domain/provider.ts'
import type { CallOptions } from '../call-options.ts'

/** Providers and what is believed of their health. Shared by all tenants. */
export interface ProviderRepository {
  /**
   * Inserts the row, or replaces the one with this id; `createdAtMs` and `lastSyncedAtMs` of a row
   * that was there stay. Idempotent by id. Raises the version of topic `catalog`.
   */
  put(provider: Provider, options?: CallOptions): Promise<void>
  get(providerId: string, options?: CallOptions): Promise<Provider | undefined>
  /** All of them, by id. */
  list(options?: CallOptions): Promise<readonly Provider[]>
  /** Inserts or replaces, by provider; an older `checkedAtMs` than the stored one changes nothing. */
  putHealth(health: ProviderHealth, options?: CallOptions): Promise<void>
  listHealth(options?: CallOptions): Promise<readonly ProviderHealth[]>
}
