import type { AgentKey, CallOptions, ParameterDefaultsKey } from '@imrs/core'
import { LRUCache } from 'lru-cache'

import { AgentSnapshot } from './agent-snapshot.ts'
import type { AgentSnapshotOptions } from './agent-snapshot.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'

/** Agents whose snapshots are kept; the one used longest ago goes first. */
const MAX_AGENTS = 1000

/**
 * The snapshots of the agents in use.
 *
 * A change made in this process is seen by the next request, which waits for it. A change made by
 * another process is seen within about a second of the next request.
 */
export class SnapshotCache {
  readonly #options: AgentSnapshotOptions
  readonly #agents = new LRUCache<string, AgentSnapshot>({ max: MAX_AGENTS })

  constructor(options: AgentSnapshotOptions) {
    this.#options = options
  }

  /** @throws ImrsError `store-unavailable` when there is no snapshot yet and the store is down. */
  get(agent: AgentKey, options?: CallOptions): Promise<RoutingSnapshot> {
    const key = keyOf(agent)
    const known = this.#agents.get(key)
    if (known !== undefined) return known.get(options)
    const snapshot = new AgentSnapshot(this.#options, agent)
    this.#agents.set(key, snapshot)
    return snapshot.get(options)
  }

  /** The agent's last snapshot, stale or not; `undefined` while there is none in memory. */
  peek(agent: AgentKey): RoutingSnapshot | undefined {
    return this.#agents.peek(keyOf(agent))?.peek()
  }

  /** Models, providers or aliases changed. */
  invalidateCatalog(): void {
    for (const snapshot of this.#agents.values()) snapshot.invalidate('models')
  }

  /** The models of one agent changed. */
  invalidateAgent(agent: AgentKey): void {
    this.#agents.get(keyOf(agent))?.invalidate('models')
  }

  /** Defaults changed: of one agent, or of all of them. */
  invalidateParameters({ tenantId, agentId }: ParameterDefaultsKey): void {
    if (agentId === undefined) this.invalidateCatalog()
    else this.invalidateAgent({ tenantId, agentId })
  }

  /** The presets of a tenant changed. */
  invalidatePresets(tenantId: string): void {
    for (const snapshot of this.#agents.values()) {
      if (snapshot.tenantId === tenantId) snapshot.invalidate('presets')
    }
  }

  /** A rating that counts for the agent changed. */
  invalidateExperience(agent: AgentKey): void {
    this.#agents.get(keyOf(agent))?.invalidate('experience')
  }
}

function keyOf({ tenantId, agentId }: AgentKey): string {
  return JSON.stringify([tenantId, agentId])
}
