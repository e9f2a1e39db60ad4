import type { AgentModels, AgentReference } from '@imrs/catalog'
import type { CallOptions, Model } from '@imrs/core'
import { DEFAULT_AGENT_ID, DEFAULT_TENANT_ID } from '@imrs/core'

import { unmetRestrictions } from '../snapshot/role-restrictions.ts'
import type { RoutingSnapshot } from '../snapshot/routing-snapshot.ts'
import type { SnapshotCache } from '../snapshot/snapshot-cache.ts'

export interface UsableModels extends AgentReference {
  /** The caller's roles, for models that only some roles may use. Default: none. */
  readonly roles?: readonly string[] | undefined
}

/** Which models each agent may use, and which it can use now. */
export interface RouterAgents extends AgentModels {
  /**
   * The chat models a request of this agent could be answered by, by id: enabled, available, of an
   * active provider, and open to one of the roles. Says nothing of keys, health and budgets. Read from
   * the snapshot that requests are decided on, so that it costs no query while that is fresh.
   *
   * @throws ImrsError `store-unavailable` while the store is down and nothing of the agent is in memory.
   */
  usable(query?: UsableModels, options?: CallOptions): Promise<readonly Model[]>
}

export function withUsable(
  agents: AgentModels,
  snapshots: Pick<SnapshotCache, 'get'>,
): RouterAgents {
  return {
    ...agents,
    usable: async ({ tenantId, agentId, roles = [] } = {}, options) => {
      const agent = {
        tenantId: tenantId ?? DEFAULT_TENANT_ID,
        agentId: agentId ?? DEFAULT_AGENT_ID,
      }
      return usableOf(await snapshots.get(agent, options), new Set(roles))
    },
  }
}

function usableOf(snapshot: RoutingSnapshot, roles: ReadonlySet<string>): readonly Model[] {
  const unmet = unmetRestrictions(snapshot.restrictions, roles)
  return snapshot.models.filter((model, row) => {
    const provider = snapshot.providers[snapshot.providerOf[row] ?? -1]
    const isOpen = ((snapshot.restrictionsOf[row] ?? 0) & unmet) === 0
    return isOpen && model.isAvailable && provider?.isActive === true
  })
}
