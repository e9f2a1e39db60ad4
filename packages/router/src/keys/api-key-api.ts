import type { ApiKey, ApiKeyRole, CallOptions } from '@imrs/core'

/** A key as it may be shown: without the hash of its secret. */
export type ApiKeyInfo = Omit<ApiKey, 'secretHash'>

export interface NewApiKey {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** What people call it: 1 to 100 characters. */
  readonly label: string
  /** What it may do; one at least. Whether the maker may give them is for the caller to know. */
  readonly roles: readonly ApiKeyRole[]
  /** The only agents it may speak for. Default: every agent of the tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** Epoch milliseconds, later than now. Default: it never expires. */
  readonly expiresAtMs?: number | undefined
  /** Who made it, for the audit. */
  readonly by?: string | undefined
}

/** A key that was made just now. */
export interface MadeApiKey extends ApiKeyInfo {
  /** `imrs_<id>_<secret>`. Nobody can show it again. */
  readonly key: string
}

export interface ApiKeyList {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Only keys made before this one. */
  readonly beforeId?: string | undefined
  /** 1 to 200. Default: 50. */
  readonly limit?: number | undefined
}

export interface RevokeApiKey {
  readonly id: string
  /** Default: whichever tenant it is of. */
  readonly tenantId?: string | undefined
  readonly by?: string | undefined
}

/**
 * Keys with which machines prove who they are. The store holds a hash of the secret and never the
 * secret. Every process refuses a revoked key within a second, and this one at once; while the store
 * cannot be asked, keys that were good go on for a minute.
 */
export interface ApiKeyApi {
  /** @throws ImrsError `invalid-request` naming the field. */
  create(request: NewApiKey, options?: CallOptions): Promise<MadeApiKey>
  /** The last made first, revoked and expired ones too. */
  list(query?: ApiKeyList, options?: CallOptions): Promise<readonly ApiKeyInfo[]>
  /** Idempotent. @throws ImrsError `not-found` when the tenant has no such key. */
  revoke(request: RevokeApiKey, options?: CallOptions): Promise<ApiKeyInfo>
  /**
   * Whose key it is; `undefined` when it is no key of ours, wrong, expired or revoked. Keeps what it
   * read for up to a minute, so that most calls read nothing. Says to the store that the key was used
   * at most once in five minutes, behind the call's back.
   *
   * @throws ImrsError `store-unavailable` when the key is not known yet and cannot be looked up.
   */
  verify(key: string, options?: CallOptions): Promise<ApiKeyInfo | undefined>
}
