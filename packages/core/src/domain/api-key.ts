/** What an API key may do, by the names doors give their roles. */
export const API_KEY_ROLES = ['platform_admin', 'tenant_admin', 'agent_user', 'agent'] as const
export type ApiKeyRole = (typeof API_KEY_ROLES)[number]

/** A key of a machine: a row of `api_keys`. The secret itself is kept nowhere. */
export interface ApiKey {
  /** A UUID: the part of the key that is no secret. */
  readonly id: string
  readonly tenantId: string
  /** What people call it. */
  readonly label: string
  /** One at least. */
  readonly roles: readonly ApiKeyRole[]
  /** The only agents it may speak for. Default: every agent of the tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** SHA-256 of the secret, in hexadecimal. */
  readonly secretHash: string
  readonly createdBy?: string | undefined
  readonly createdAtMs: number
  /** From then on it is refused. Absent: never. */
  readonly expiresAtMs?: number | undefined
  /** To about five minutes. Absent: it was never used. */
  readonly lastUsedAtMs?: number | undefined
  /** From then on it is refused for good. */
  readonly revokedAtMs?: number | undefined
}
