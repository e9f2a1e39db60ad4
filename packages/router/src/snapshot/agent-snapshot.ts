import type {
  AgentKey,
  CallOptions,
  CandidateTable,
  RouterEvent,
  Runtime,
  Store,
  Strategy,
} from '@imrs/core'
import { CATALOG_TOPIC, agentTopic, experienceTopic, presetsTopic } from '@imrs/core'

import { PresetBook } from '../presets/preset-book.ts'
import { buildExperience } from './build-experience.ts'
import type { ModelTable } from './build-table.ts'
import { ExperienceReader } from './experience-reader.ts'
import { readEnabled } from './read-enabled.ts'
import type { RoleRestriction } from './role-restrictions.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'
import { SharedTables } from './shared-tables.ts'
import { textGroupsOf } from './text-groups-of.ts'

export interface AgentSnapshotOptions {
  readonly store: Store
  readonly runtime: Runtime
  readonly unconfiguredAgents: 'all' | 'none'
  readonly strategyOf: (agent: AgentKey) => Strategy
  readonly restrictions: readonly RoleRestriction[]
  readonly emit: (event: RouterEvent) => void
  /** Whether ratings of other tenants bear on the agent. */
  readonly shareExperience: boolean
  /** What a model took to its first visible part of late, in milliseconds. Default: nothing is measured. */
  readonly latencyOf?: ((modelId: string) => number | undefined) | undefined
  /** What it has in common with other agents. Default: nothing. */
  readonly shared?: SharedTables | undefined
  /** Told of each snapshot that takes the place of the one before. */
  readonly onLoaded?: ((snapshot: RoutingSnapshot) => void) | undefined
}

type AgentTable = ModelTable &
  Pick<
    RoutingSnapshot,
    'restrictionsOf' | 'parameterProfiles' | 'parameterDefaults' | 'notEnabled' | 'takesAllModels'
  >

/** What a snapshot is made of; each part can become stale by itself. */
export type SnapshotPart = 'models' | 'experience' | 'presets'

/** How old a snapshot may grow before the store is asked, behind the scenes, whether it still holds. */
const RECHECK_MS = 1000

/** The snapshot of one agent: loaded on first use, again when something it is made of has changed. */
export class AgentSnapshot {
  readonly #options: AgentSnapshotOptions
  readonly #agent: AgentKey
  readonly #experience: ExperienceReader
  readonly #topics: readonly string[]
  readonly #shared: SharedTables
  readonly #stale = new Set<SnapshotPart>(['models', 'experience', 'presets'])
  #snapshot: RoutingSnapshot | undefined
  /** By the place of their topics: the versions that the snapshot was made from. */
  #versions: readonly number[] = []
  #checkedAtMs = 0
  #loading: Promise<RoutingSnapshot> | undefined
  #checking: Promise<void> | undefined

  constructor(options: AgentSnapshotOptions, agent: AgentKey) {
    this.#options = options
    this.#agent = Object.freeze({ tenantId: agent.tenantId, agentId: agent.agentId })
    this.#experience = new ExperienceReader(options, this.#agent)
    this.#shared = options.shared ?? new SharedTables(options.restrictions)
    this.#topics = [
      CATALOG_TOPIC,
      agentTopic(this.#agent),
      experienceTopic(this.#agent),
      presetsTopic(this.#agent.tenantId),
    ]
  }

  /** While the store is down the last snapshot goes on serving. @throws ImrsError when there is none yet. */
  async get(options?: CallOptions): Promise<RoutingSnapshot> {
    this.#recheck()
    const last = this.#snapshot
    const isFresh = this.#stale.size === 0 && this.#loading === undefined
    const wantsModels = last === undefined || this.#stale.has('models')
    this.#count(wantsModels ? 'miss' : 'hit')
    if (last !== undefined && isFresh) return last
    try {
      return await this.#load(options)
    } catch (error) {
      options?.signal?.throwIfAborted()
      if (last === undefined) throw error
      this.#report(error)
      return last
    }
  }

  /** A rating makes a small part anew; what costs is reading the models. */
  #count(result: 'hit' | 'miss'): void {
    const { emit, runtime } = this.#options
    emit({ type: 'cache-read', atMs: runtime.now(), cache: 'snapshots', result })
  }

  get tenantId(): string {
    return this.#agent.tenantId
  }

  /** The version of a topic that the last snapshot was made from; `undefined` for one it is not told of. */
  versionOf(topic: string): number | undefined {
    if (this.#snapshot === undefined || topic === experienceTopic(this.#agent)) return undefined
    return this.#versions[this.#topics.indexOf(topic)]
  }

  /** What it wants to be told of: all it is made from, but for ratings, which come all the time. */
  get topics(): readonly string[] {
    if (this.#snapshot === undefined) return []
    return this.#topics.filter((topic) => topic !== experienceTopic(this.#agent))
  }

  /** Somebody else changed what a topic stands for. */
  moved(topic: string): void {
    if (topic === presetsTopic(this.#agent.tenantId)) this.invalidate('presets')
    else if (this.topics.includes(topic)) this.invalidate('models')
  }

  /** The last snapshot, stale or not. */
  peek(): RoutingSnapshot | undefined {
    return this.#snapshot
  }

  invalidate(part: SnapshotPart): void {
    this.#stale.add(part)
  }

  /** Requests that come together share one load. */
  async #load(options?: CallOptions): Promise<RoutingSnapshot> {
    if (this.#loading !== undefined) {
      const snapshot = await this.#loading
      options?.signal?.throwIfAborted()
      // Something changed after that load had begun, and perhaps before this request: load once more.
      if (this.#stale.size === 0) return snapshot
    }
    this.#loading ??= this.#loadOnce().finally(() => {
      this.#loading = undefined
    })
    const snapshot = await this.#loading
    options?.signal?.throwIfAborted()
    return snapshot
  }

  async #loadOnce(): Promise<RoutingSnapshot> {
    const parts = new Set(this.#stale)
    this.#stale.clear()
    try {
      // Versions first: a change that comes in between is seen as newer than the snapshot and read again.
      const versions = await this.#readVersions()
      const snapshot = await this.#build(parts, versions)
      this.#snapshot = snapshot
      this.#versions = versions
      this.#checkedAtMs = this.#options.runtime.now()
      this.#options.onLoaded?.(snapshot)
      return snapshot
    } catch (error) {
      for (const part of parts) this.#stale.add(part)
      throw error
    }
  }

  async #build(
    parts: ReadonlySet<SnapshotPart>,
    versions: readonly number[],
  ): Promise<RoutingSnapshot> {
    const last = this.#snapshot
    const models =
      last === undefined || parts.has('models') ? await this.#readModels(versions) : last
    const strategy = this.#options.strategyOf(this.#agent)
    const table = this.#withTimes(models.table, strategy)
    const presets = await this.#readPresets(parts)
    const atMs = this.#options.runtime.now()
    const { own, learning } = await this.#experience.read(strategy.learn !== undefined, atMs)
    return Object.freeze({
      ...models,
      table,
      version: versions.join('.'),
      agent: this.#agent,
      strategy,
      presets,
      restrictions: this.#options.restrictions,
      experience: buildExperience(own, models),
      textGroups: textGroupsOf(own),
      learned: learning && strategy.learn?.({ table, ...learning, atMs }, last?.learned),
    })
  }

  async #readModels([catalogVersion = 0]: readonly number[]): Promise<AgentTable> {
    const { store } = this.#options
    const shared = this.#shared
    const [providers, enabled, parameterDefaults] = await Promise.all([
      store.providers.list(),
      readEnabled({ ...this.#options, shared, catalogVersion }, this.#agent),
      store.parameters.list(this.#agent),
    ])
    const table = shared.table(catalogVersion, { ...enabled, providers })
    return {
      ...table,
      parameterProfiles: shared.profiles(table, parameterDefaults),
      parameterDefaults,
      notEnabled: enabled.known - enabled.models.length,
      takesAllModels: enabled.takesAll,
    }
  }

  async #readPresets(parts: ReadonlySet<SnapshotPart>): Promise<PresetBook> {
    const last = this.#snapshot?.presets
    if (last !== undefined && !parts.has('presets')) return last
    return new PresetBook(await this.#options.store.presets.list(this.#agent.tenantId))
  }

  #readVersions(): Promise<readonly number[]> {
    return this.#options.store.changes.versions(this.#topics)
  }

  /** Asks the store, without making anyone wait, whether another process changed something. */
  #recheck(): void {
    const now = this.#options.runtime.now()
    const isFresh = now - this.#checkedAtMs < RECHECK_MS
    if (this.#snapshot === undefined || this.#checking !== undefined || isFresh) return
    this.#checkedAtMs = now
    this.#renewTimes(this.#snapshot)
    if (this.#experience.isStale(now)) this.invalidate('experience')
    this.#checking = this.#check()
      .catch((error: unknown) => this.#report(error))
      .finally(() => {
        this.#checking = undefined
      })
  }

  /** Times change with every answer. A strategy that goes by them sees those of a second ago. */
  #renewTimes(snapshot: RoutingSnapshot): void {
    if (snapshot.strategy.wantsLatency !== true) return
    const table = this.#withTimes(snapshot.table, snapshot.strategy)
    this.#snapshot = Object.freeze({ ...snapshot, table })
  }

  #withTimes(table: CandidateTable, { wantsLatency }: Strategy): CandidateTable {
    const { latencyOf } = this.#options
    if (wantsLatency !== true || latencyOf === undefined) return table
    const times = table.modelIds.map((modelId) => latencyOf(modelId) ?? Number.NaN)
    return { ...table, latencyMs: Float64Array.from(times) }
  }

  async #check(): Promise<void> {
    const [catalog, agent, experience, presets] = await this.#readVersions()
    if (catalog !== this.#versions[0] || agent !== this.#versions[1]) this.invalidate('models')
    if (experience !== this.#versions[2]) this.invalidate('experience')
    if (presets !== this.#versions[3]) this.invalidate('presets')
  }

  #report(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const atMs = this.#options.runtime.now()
    this.#options.emit({ type: 'internal-failed', atMs, part: 'snapshot', error })
  }
}
