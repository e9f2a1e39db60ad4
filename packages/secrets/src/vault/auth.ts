import type { CallOptions } from '@imrs/core'

/** A role id and a secret id, as AppRole logins want them. */
export interface VaultAppRoleIds {
  readonly roleId: string
  readonly secretId: string
}

/** Uses a token that somebody else obtained. */
export interface VaultTokenAuth {
  /**
   * The token, or a function that is called for each login: at first, and when the last token has
   * ended or is refused. A Vault Agent's sink file is read in such a function.
   */
  readonly token: string | ((options: CallOptions) => string | Promise<string>)
}

/** Logs in with AppRole. The token that Vault gives is this store's own. */
export interface VaultAppRoleAuth {
  /** The ids, or a function that is called for each login. */
  readonly appRole:
    | VaultAppRoleIds
    | ((options: CallOptions) => VaultAppRoleIds | Promise<VaultAppRoleIds>)
  /** Where the AppRole method is mounted below `auth/`. Default: `approle`. */
  readonly mount?: string | undefined
}

/** How the store proves who it is. */
export type VaultAuth = VaultTokenAuth | VaultAppRoleAuth

export function isAppRoleAuth(auth: VaultAuth): auth is VaultAppRoleAuth {
  return 'appRole' in auth
}
