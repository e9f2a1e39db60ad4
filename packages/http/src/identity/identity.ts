/** What the bearer of a credential may do. */
export const ROLES = ['platform_admin', 'tenant_admin', 'agent_user', 'agent'] as const
export type Role = (typeof ROLES)[number]

/** Who makes a request, as an {@link Authenticator} proved it. Nothing of it is ever read from a body. */
export interface Identity {
  readonly tenantId: string
  /** Whose answers, preference and ratings these are. Absent for machines that act for nobody. */
  readonly userId?: string | undefined
  readonly roles: readonly Role[]
  /** The only agents this identity may speak for. Default: every agent of its tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** Who it is in the audit: `user:u1`, `key:build-server`. */
  readonly actor: string
}

export interface Authenticated {
  readonly identity: Identity
  /** A `Set-Cookie` header for the answer, where the identity was made just now. */
  readonly setCookie?: string | undefined
}

/** One way of proving who one is. */
export interface Authenticator {
  /** `bearer` and `cookie` credentials are told apart in the OpenAPI document and in cross-site checks. */
  readonly kind: 'bearer' | 'cookie' | 'none'
  /**
   * `undefined` when the request brings no credential of this kind; then the next one is asked.
   * Called concurrently.
   *
   * @throws ImrsError `unauthenticated` for a credential that is not good. Its message names what is
   * wrong and never the credential.
   */
  authenticate(request: Request): Promise<Authenticated | undefined>
}
