import type { ProviderChange } from '../../domain/provider-change.ts'
import type { Provider, ProviderHealth, ProviderHealthChange } from '../../domain/provider.ts'
import type { AuditedOptions, CallOptions } from '../call-options.ts'

/** How many models a provider has. */
export interface ProviderModelCount {
  readonly providerId: string
  readonly models: number
  /** Of these, the available ones; whether the provider is active does not count here. */
  readonly available: number
}

/** Which changes of health to read. */
export interface HealthChangeQuery {
  /** Default: of every provider. */
  readonly providerId?: string | undefined
  /** Only changes at this time or later, epoch milliseconds. Default: from the first. */
  readonly fromMs?: number | undefined
  /** Only changes before this time, epoch milliseconds. Default: to the last. */
  readonly toMs?: number | undefined
  /** Only changes before the one with this number. Default: to the last. */
  readonly beforeSeq?: number | undefined
  /** 1 to 1,000. Default: 100. */
  readonly limit?: number | undefined
}

/** Providers and what is believed of their health. Shared by all tenants. */
export interface ProviderRepository {
  /**
   * Inserts the row, or replaces the one with this id; `createdAtMs` and `lastSyncedAtMs` of a row
   * that was there stay. Idempotent by id. Raises the version of topic `catalog`.
   */
  put(provider: Provider, options?: AuditedOptions): Promise<void>
  /**
   * Changes a provider that was made through the API, writes an `audit_log` row and raises `catalog`, in
   * one transaction; concurrent changes are made one after another. One that changes nothing writes
   * nothing. An inactive provider keeps its models, and none of them can be routed to.
   *
   * @returns the provider as it is now; `undefined` when there is none.
   * @throws ImrsError `read-only` for a provider of origin `code`.
   */
  update(
    providerId: string,
    change: ProviderChange,
    options?: CallOptions,
  ): Promise<Provider | undefined>
  get(providerId: string, options?: CallOptions): Promise<Provider | undefined>
  /** All of them, by id. */
  list(options?: CallOptions): Promise<readonly Provider[]>
  /** For every provider that has models, by id, in one statement. Reads an index of the whole catalogue. */
  modelCounts(options?: CallOptions): Promise<readonly ProviderModelCount[]>
  /**
   * Inserts or replaces, by provider; an older `checkedAtMs` than the stored one changes nothing. A
   * status other than the stored one appends to the history, in the same transaction: of processes that
   * store the same at once, one does. A provider of which nothing was stored counts as healthy.
   */
  putHealth(health: ProviderHealth, options?: CallOptions): Promise<void>
  listHealth(options?: CallOptions): Promise<readonly ProviderHealth[]>
  /** Every change of a stored status that is kept ({@link ./maintenance-repository.ts MaintenanceRepository.drop}), newest first. */
  listHealthChanges(
    query?: HealthChangeQuery,
    options?: CallOptions,
  ): Promise<readonly ProviderHealthChange[]>
}
