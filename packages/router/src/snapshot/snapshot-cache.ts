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
 * A change made in this process is seen by the next request, which waits for it, and so is one made by
 * another process once the store has told of it. One that nobody told of is seen within about a second
 * of the next request; so is a rating given in another process.
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

  /** What the snapshots in memory are made from, but for ratings. */
  topics(): readonly string[] {
    const topics = [...this.#agents.values()].flatMap((snapshot) => snapshot.topics)
    return [...new Set(topics)]
  }

  /** The oldest version that a snapshot in memory was made from; `undefined` when none was. */
  versionOf(topic: string): number | undefined {
    let oldest: number | undefined
    for (const snapshot of this.#agents.values()) {
      const version = snapshot.versionOf(topic)
      if (version !== undefined) oldest = Math.min(version, oldest ?? version)
    }
    return oldest
  }

  /** Topics that another process, or another router, has moved. */
  moved(topics: readonly string[]): void {
    for (const snapshot of this.#agents.values()) for (const topic of topics) snapshot.moved(topic)
  }

  /** A rating that counts for the agent changed. */
  invalidateExperience(agent: AgentKey): void {
    this.#agents.get(keyOf(agent))?.invalidate('experience')
  }
}

function keyOf({ tenantId, agentId }: AgentKey): string {
  return JSON.stringify([tenantId, agentId])
}
