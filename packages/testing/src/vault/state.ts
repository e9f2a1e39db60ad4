import type { JsonObject } from '@imrs/core'

import type { AppRoles } from './app-roles.ts'
import type { Audit } from './audit.ts'
import type { KvEngine } from './kv-engine.ts'
import type { VaultPolicyRule } from './policies.ts'
import type { VaultServerRuntime } from './runtime.ts'
import type { Tokens, VaultToken } from './tokens.ts'

/**
 * What the node is. `standby` passes requests on to the active node; `leaderless` is a standby
 * that finds none.
 */
export type VaultRole = 'active' | 'standby' | 'leaderless'

/** Everything that requests are served from. */
export interface VaultState {
  readonly runtime: VaultServerRuntime
  readonly audit: Audit
  readonly tokens: Tokens
  readonly appRoles: AppRoles
  readonly policies: Map<string, readonly VaultPolicyRule[]>
  /** Where KV v2 engines are mounted, in every namespace. */
  readonly mounts: Set<string>
  readonly namespaces: ReadonlySet<string>
  readonly isSealed: boolean
  readonly role: VaultRole
  /** The engine of a mount in a namespace. */
  readonly engineOf: (mount: string, namespace: string) => KvEngine
}

/** A request whose body and token are known. */
export interface VaultRequest {
  readonly method: string
  /** Below `/v1/`, decoded. */
  readonly path: string
  readonly query: URLSearchParams
  readonly namespace: string
  readonly body: JsonObject
  /** The token, if it is one that counts in this namespace. */
  readonly token: VaultToken | undefined
}
