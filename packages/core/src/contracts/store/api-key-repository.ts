import type { ApiKey } from '../../domain/api-key.ts'
import type { AuditedOptions, CallOptions } from '../call-options.ts'

/** Which key is revoked. */
export interface ApiKeyRevocation {
  readonly id: string
  /** Absent: of whichever tenant. */
  readonly tenantId?: string | undefined
  readonly atMs: number
}

/** Which keys to list. */
export interface ApiKeyQuery {
  readonly tenantId: string
  /** Only keys whose id sorts before this one: the last of the page before. */
  readonly beforeId?: string | undefined
  /** 1 to 200. Default: 50. */
  readonly limit?: number | undefined
}

/** Keys of machines, without their secrets. */
export interface ApiKeyRepository {
  /** @throws ImrsError `conflict` when there is a key of the id; then nothing is written. */
  create(key: ApiKey, options?: AuditedOptions): Promise<void>
  /** Of any tenant: what a key says of itself is how its tenant is found. */
  get(id: string, options?: CallOptions): Promise<ApiKey | undefined>
  /** Of one tenant, by id from the last to the first; revoked ones too. */
  list(query: ApiKeyQuery, options?: CallOptions): Promise<readonly ApiKey[]>
  /**
   * Refuses the key from now on. One that is revoked stays revoked at the time it was. Raises
   * {@link API_KEYS_TOPIC} in its own transaction when it changes something.
   *
   * @returns `undefined` when there is no such key; then nothing is written.
   */
  revoke(revocation: ApiKeyRevocation, options?: AuditedOptions): Promise<ApiKey | undefined>
  /** Notes when a key was used last; never takes the time back. Nothing happens when there is no such key. */
  touch(use: { readonly id: string; readonly atMs: number }, options?: CallOptions): Promise<void>
}

/** Raised by every revocation. */
export const API_KEYS_TOPIC = 'api-keys'
