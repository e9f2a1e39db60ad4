import { ImrsError } from '@imrs/core'

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { Identity, Role } from './identity.ts'

/** Who may use an endpoint: anyone at all, or the bearers of one of some roles. */
export type Access = 'anyone' | readonly Role[]

/** Providers and the catalogue. */
export const PLATFORM_ADMINS: readonly Role[] = ['platform_admin']
/** What the agents of a tenant may use, and what they cost. */
export const TENANT_ADMINS: readonly Role[] = ['platform_admin', 'tenant_admin']
/** Everybody who was authenticated. */
export const USERS: readonly Role[] = ['platform_admin', 'tenant_admin', 'agent_user', 'agent']

/**
 * Refuses whoever has none of the roles, and at endpoints of admins, credentials that are bound to
 * some agents: what admins do concerns the whole tenant, or everybody.
 *
 * @throws ImrsError `forbidden` that names the roles of which one is needed.
 */
export function assertAccess(
  identity: Identity,
  { access, openToBound = false }: Pick<Endpoint, 'access' | 'openToBound'>,
): void {
  if (access === 'anyone') return
  if (!access.some((role) => identity.roles.includes(role))) {
    throw new ImrsError('forbidden', `This needs the role ${access.join(' or ')}.`)
  }
  const isForAdmins = access.every((role) => TENANT_ADMINS.includes(role))
  if (!isForAdmins || openToBound || identity.agentIds === undefined) return
  throw new ImrsError('forbidden', 'This needs a credential that is not bound to some agents.')
}

/**
 * The tenant a request is about: the caller's own, or the one a platform admin names.
 *
 * @throws ImrsError `forbidden` when anybody else names a tenant that is not theirs.
 */
export function tenantOf(identity: Identity, named: string | undefined): string {
  if (named === undefined || named === identity.tenantId) return identity.tenantId
  if (identity.roles.includes('platform_admin')) return named
  throw new ImrsError('forbidden', 'Only a platform admin may name another tenant.', {
    field: 'tenant_id',
  })
}

/** @throws ImrsError `forbidden` when the identity is bound to other agents. */
export function assertAgent(identity: Identity, agentId: string): void {
  if (identity.agentIds === undefined || identity.agentIds.includes(agentId)) return
  throw new ImrsError('forbidden', `This credential may not speak for the agent \`${agentId}\`.`, {
    field: 'agent_id',
  })
}

/**
 * The agent a request is for: the one it names, the only one its credential may speak for, or the default.
 *
 * @throws ImrsError `forbidden` when the identity is bound to other agents.
 */
export function agentOf(
  identity: Identity,
  { named, byDefault }: { readonly named: string | undefined; readonly byDefault: string },
): string {
  const [only, ...more] = identity.agentIds ?? []
  const agentId = named ?? (more.length === 0 ? only : undefined) ?? byDefault
  assertAgent(identity, agentId)
  return agentId
}

/**
 * The agent a reader asks about; a credential that is bound to some agents must name one of them.
 *
 * @throws ImrsError `forbidden`.
 */
export function agentSeenBy(identity: Identity, named: string | undefined): string | undefined {
  if (identity.agentIds === undefined) return named
  if (named === undefined) {
    throw new ImrsError('forbidden', 'This credential must name one of its agents.', {
      field: 'agent_id',
    })
  }
  assertAgent(identity, named)
  return named
}
