import type { AgentKey, CallOptions, ParameterDefaultsKey } from '@imrs/core'
import { LRUCache } from 'lru-cache'

import { AgentSnapshot } from './agent-snapshot.ts'
import type { AgentSnapshotOptions } from './agent-snapshot.ts'
import type { OwnRating } from './own-ratings.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'
import { SharedTables } from './shared-tables.ts'
import { SharedBytes, ownBytes } from './snapshot-bytes.ts'

/** Memory for the snapshots of agents: 256 MiB. */
export const DEFAULT_SNAPSHOT_BYTES: number = 256 * 1024 * 1024

export interface SnapshotCacheOptions extends Omit<AgentSnapshotOptions, 'shared' | 'onLoaded'> {
  /** What snapshots may take together, bytes. Default: {@link DEFAULT_SNAPSHOT_BYTES}. */
  readonly maxBytes?: number | undefined
}

/** Never the same object twice: a cache does not see that what it holds has grown. */
interface Entry {
  readonly agent: AgentSnapshot
  /** What was counted for it; `undefined` until it is loaded. */
  readonly counted: RoutingSnapshot | undefined
}

/**
 * The snapshots of the agents in use, as many as fit into `maxBytes`; the one used longest ago goes
 * first, and the one in use is kept whatever its size. What snapshots have in common is counted once.
 *
 * A change made in this process is seen by the next request, which waits for it, and so is one made by
 * another process once the store has told of it. One that nobody told of is seen within about a second
 * of the next request. A rating that this process took is added to what is there, and nothing is read;
 * those of other processes are read together, at most once a second, while the last snapshot serves on.
 */
export class SnapshotCache {
  readonly #options: SnapshotCacheOptions
  readonly #maxBytes: number
  readonly #shared: SharedTables
  readonly #sharedBytes = new SharedBytes()
  readonly #agents: LRUCache<string, Entry>

  constructor(options: SnapshotCacheOptions) {
    this.#options = options
    this.#maxBytes = options.maxBytes ?? DEFAULT_SNAPSHOT_BYTES
    this.#shared = new SharedTables(options.restrictions)
    this.#agents = new LRUCache<string, Entry>({
      maxSize: this.#maxBytes,
      dispose: ({ counted }, _key, reason) => {
        if (reason !== 'set' && counted !== undefined) this.#sharedBytes.release(counted)
      },
    })
  }

  /** @throws ImrsError `store-unavailable` when there is no snapshot yet and the store is down. */
  get(agent: AgentKey, options?: CallOptions): Promise<RoutingSnapshot> {
    const key = keyOf(agent)
    const known = this.#agents.get(key)
    if (known !== undefined) return known.agent.get(options)
    const snapshot: AgentSnapshot = new AgentSnapshot(
      {
        ...this.#options,
        shared: this.#shared,
        onLoaded: (loaded) => this.#count(key, { agent: snapshot, counted: loaded }),
      },
      agent,
    )
    this.#agents.set(key, { agent: snapshot, counted: undefined }, { size: 1 })
    return snapshot.get(options)
  }

  /** How much the snapshots in memory take, and of how many agents they are. */
  get memory(): { readonly bytes: number; readonly agents: number } {
    const bytes = this.#agents.calculatedSize + this.#sharedBytes.total
    return { bytes, agents: this.#agents.size }
  }

  /** A snapshot was loaded: counts it in place of the one before, and makes room. */
  #count(key: string, entry: Entry & { readonly counted: RoutingSnapshot }): void {
    const before = this.#agents.peek(key)
    // Others took its place while it was loading.
    if (before?.agent !== entry.agent) return
    this.#sharedBytes.retain(entry.counted)
    if (before.counted !== undefined) this.#sharedBytes.release(before.counted)
    this.#agents.set(key, entry, { size: Math.min(ownBytes(entry.counted), this.#maxBytes) })
    while (this.memory.bytes > this.#maxBytes && this.#agents.size > 1) this.#agents.pop()
  }

  /** The agent's last snapshot, stale or not; `undefined` while there is none in memory. */
  peek(agent: AgentKey): RoutingSnapshot | undefined {
    return this.#agents.peek(keyOf(agent))?.agent.peek()
  }

  /** Models, providers or aliases changed. */
  invalidateCatalog(): void {
    this.#shared.forget()
    for (const { agent } of this.#agents.values()) agent.invalidate('models')
  }

  /** The models of one agent changed. */
  invalidateAgent(agent: AgentKey): void {
    this.#agents.peek(keyOf(agent))?.agent.invalidate('models')
  }

  /** Defaults changed: of one agent, or of all of them. */
  invalidateParameters({ tenantId, agentId }: ParameterDefaultsKey): void {
    if (agentId === undefined) this.invalidateCatalog()
    else this.invalidateAgent({ tenantId, agentId })
  }

  /** The presets of a tenant changed. */
  invalidatePresets(tenantId: string): void {
    for (const { agent } of this.#agents.values()) {
      if (agent.tenantId === tenantId) agent.invalidate('presets')
    }
  }

  /** What the snapshots in memory are made from, but for ratings. */
  topics(): readonly string[] {
    const topics = [...this.#agents.values()].flatMap(({ agent }) => agent.topics)
    return [...new Set(topics)]
  }

  /** The oldest version that a snapshot in memory was made from; `undefined` when none was. */
  versionOf(topic: string): number | undefined {
    let oldest: number | undefined
    for (const { agent } of this.#agents.values()) {
      const version = agent.versionOf(topic)
      if (version !== undefined) oldest = Math.min(version, oldest ?? version)
    }
    return oldest
  }

  /** Topics that another process, or another router, has moved. */
  moved(topics: readonly string[]): void {
    for (const { agent } of this.#agents.values()) for (const topic of topics) agent.moved(topic)
  }

  /** A rating that this process took: the agent's next request counts it. */
  rated(rating: OwnRating): void {
    this.#agents.peek(keyOf(rating.message))?.agent.rated(rating)
  }

  /** The agent's experience changed otherwise than by a rating. */
  invalidateExperience(agent: AgentKey): void {
    this.#agents.peek(keyOf(agent))?.agent.invalidate('experience')
  }
}

function keyOf({ tenantId, agentId }: AgentKey): string {
  return JSON.stringify([tenantId, agentId])
}
