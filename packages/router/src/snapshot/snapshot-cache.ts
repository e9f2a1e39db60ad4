import type { AgentKey, CallOptions, RouterEvent, Runtime, Store, Strategy } from '@imrs/core'
import { CATALOG_TOPIC, agentTopic, experienceTopic } from '@imrs/core'
import { LRUCache } from 'lru-cache'
import { buildExperience } from './build-experience.ts'
import { buildTable } from './build-table.ts'
import type { ModelTable } from './build-table.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'

export interface SnapshotCacheOptions {
  readonly store: Store
  readonly runtime: Runtime
  readonly unconfiguredAgents: 'all' | 'none'
  readonly strategyOf: (agent: AgentKey) => Strategy
  readonly emit: (event: RouterEvent) => void
}

/** Agents whose snapshots are kept; the one used longest ago goes first. */
const MAX_AGENTS = 1000

/** How old a snapshot may grow before the store is asked, behind the scenes, whether it still holds. */
const RECHECK_MS = 1000

type Part = 'table' | 'experience'

interface Entry {
  readonly agent: AgentKey
  readonly stale: Set<Part>
  snapshot: RoutingSnapshot | undefined
  /** Versions of catalogue, agent and experience that the snapshot was made from. */
  versions: readonly number[]
  checkedAtMs: number
  loading: Promise<RoutingSnapshot> | undefined
  checking: Promise<void> | undefined
}

/**
 * The snapshots of the agents in use, loaded on first use.
 *
 * A change made in this process is seen by the next request, which waits for it. A change made by
 * another process is seen within about a second of the next request. While the store is down the
 * last snapshot goes on serving.
 */
export class SnapshotCache {
  readonly #options: SnapshotCacheOptions
  readonly #entries = new LRUCache<string, Entry>({ max: MAX_AGENTS })

  constructor(options: SnapshotCacheOptions) {
    this.#options = options
  }

  /** @throws ImrsError `store-unavailable` when there is no snapshot yet and the store is down. */
  async get(agent: AgentKey, options?: CallOptions): Promise<RoutingSnapshot> {
    const entry = this.#entry(agent)
    this.#recheck(entry)
    if (entry.snapshot !== undefined && entry.stale.size === 0) return entry.snapshot
    const { snapshot } = entry
    try {
      return await this.#load(entry, options)
    } catch (error) {
      if (snapshot === undefined) throw error
      this.#report(error)
      return snapshot
    }
  }

  /** Models, providers or aliases changed. */
  invalidateCatalog(): void {
    for (const entry of this.#entries.values()) entry.stale.add('table')
  }

  /** The models of one agent changed. */
  invalidateAgent(agent: AgentKey): void {
    this.#entries.get(keyOf(agent))?.stale.add('table')
  }

  /** A rating that counts for the agent changed. */
  invalidateExperience(agent: AgentKey): void {
    this.#entries.get(keyOf(agent))?.stale.add('experience')
  }

  #entry(agent: AgentKey): Entry {
    const key = keyOf(agent)
    const known = this.#entries.get(key)
    if (known !== undefined) return known
    const entry: Entry = {
      agent: Object.freeze({ tenantId: agent.tenantId, agentId: agent.agentId }),
      stale: new Set(['table', 'experience']),
      snapshot: undefined,
      versions: [],
      checkedAtMs: this.#options.runtime.now(),
      loading: undefined,
      checking: undefined,
    }
    this.#entries.set(key, entry)
    return entry
  }

  /** Loads until nothing became stale meanwhile; requests that come together share one load. */
  async #load(entry: Entry, options?: CallOptions): Promise<RoutingSnapshot> {
    for (;;) {
      entry.loading ??= this.#loadOnce(entry).finally(() => {
        entry.loading = undefined
      })
      const snapshot = await entry.loading
      options?.signal?.throwIfAborted()
      if (entry.stale.size === 0) return snapshot
    }
  }

  async #loadOnce(entry: Entry): Promise<RoutingSnapshot> {
    const parts = new Set(entry.stale)
    entry.stale.clear()
    try {
      // Versions first: a change that comes in between is seen as newer than the snapshot and read again.
      const versions = await this.#options.store.changes.versions(topicsOf(entry.agent))
      const before = entry.snapshot
      const table = before === undefined || parts.has('table') ? await this.#table(entry) : before
      const snapshot: RoutingSnapshot = {
        ...table,
        version: versions.join('.'),
        agent: entry.agent,
        strategy: this.#options.strategyOf(entry.agent),
        experience: buildExperience(
          await this.#options.store.feedback.listExperience(entry.agent),
          table,
        ),
      }
      entry.snapshot = Object.freeze(snapshot)
      entry.versions = versions
      entry.checkedAtMs = this.#options.runtime.now()
      return snapshot
    } catch (error) {
      for (const part of parts) entry.stale.add(part)
      throw error
    }
  }

  async #table({ agent }: Entry): Promise<ModelTable & { readonly notEnabled: number }> {
    const { store, unconfiguredAgents } = this.#options
    const [providers, agentModels] = await Promise.all([
      store.providers.list(),
      store.agentModels.list(agent),
    ])
    const takesAll = agentModels.length === 0 && unconfiguredAgents === 'all'
    const modelIds = agentModels.filter((row) => row.isEnabled).map((row) => row.modelId)
    const models = await store.models.listRoutable(takesAll ? {} : { modelIds })
    const known = takesAll ? models.length : await store.models.count({ modelType: 'chat' })
    const table = buildTable({ models, providers, agentModels })
    return { ...table, notEnabled: known - models.length }
  }

  /** Asks the store, without making anyone wait, whether another process changed something. */
  #recheck(entry: Entry): void {
    const { runtime, store } = this.#options
    if (entry.snapshot === undefined || entry.checking !== undefined) return
    if (runtime.now() - entry.checkedAtMs < RECHECK_MS) return
    entry.checkedAtMs = runtime.now()
    entry.checking = store.changes
      .versions(topicsOf(entry.agent))
      .then(([catalog, agent, experience]) => {
        if (catalog !== entry.versions[0] || agent !== entry.versions[1]) entry.stale.add('table')
        if (experience !== entry.versions[2]) entry.stale.add('experience')
      })
      .catch((error: unknown) => {
        this.#report(error)
      })
      .finally(() => {
        entry.checking = undefined
      })
  }

  #report(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const atMs = this.#options.runtime.now()
    this.#options.emit({ type: 'internal-failed', atMs, part: 'snapshot', error })
  }
}

function keyOf({ tenantId, agentId }: AgentKey): string {
  return `${encodeURIComponent(tenantId)}/${encodeURIComponent(agentId)}`
}

function topicsOf(agent: AgentKey): readonly string[] {
  return [CATALOG_TOPIC, agentTopic(agent), experienceTopic(agent)]
}
