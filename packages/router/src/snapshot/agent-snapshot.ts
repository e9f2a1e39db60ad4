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
import { addRatings, buildExperience } from './build-experience.ts'
import type { ModelTable } from './build-table.ts'
import { ExperienceReader } from './experience-reader.ts'
import type { KeptExperience } from './kept-experience.ts'
import { LearningPace } from './learning-pace.ts'
import { OwnRatings } from './own-ratings.ts'
import type { OwnRating } from './own-ratings.ts'
import { readEnabled } from './read-enabled.ts'
import type { RoleRestriction } from './role-restrictions.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'
import { SharedTables } from './shared-tables.ts'
import { addTextGroups, textGroupsOf } from './text-groups-of.ts'

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

/** Of an agent that nobody asks for, so many ratings are kept; then it is read anew by who asks next. */
const MAX_WAITING = 1000

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
  /** Whether nobody waits for what is being loaded. */
  #isBehindScenes = false
  readonly #ratings = new OwnRatings()
  #kept: KeptExperience | undefined
  #isUnlearned = false
  readonly #pace: LearningPace
  #checking: Promise<void> | undefined

  constructor(options: AgentSnapshotOptions, agent: AgentKey) {
    this.#options = options
    this.#agent = Object.freeze({ tenantId: agent.tenantId, agentId: agent.agentId })
    this.#experience = new ExperienceReader(options, this.#agent)
    this.#pace = new LearningPace(options.runtime.monotonic)
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
    const isFresh = this.#stale.size === 0 && (this.#loading === undefined || this.#isBehindScenes)
    const wantsModels = last === undefined || this.#stale.has('models')
    this.#count(wantsModels ? 'miss' : 'hit')
    if (last !== undefined && isFresh) return this.#withRatings(last)
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

  /** A rating that this process took: the next request counts it, and nothing is read for it. */
  rated(rating: OwnRating): void {
    const isKept = this.#snapshot !== undefined && !this.#stale.has('experience')
    if (!isKept && this.#loading === undefined) return
    this.#ratings.add(rating)
    if (this.#ratings.waiting < MAX_WAITING) return
    this.#ratings.forget()
    this.invalidate('experience')
  }

  /** The snapshot with the ratings since it was made. */
  #withRatings(last: RoutingSnapshot): RoutingSnapshot {
    if (this.#ratings.waiting === 0 && !(this.#isUnlearned && this.#pace.isDue)) return last
    const ratings = this.#ratings.takeAll()
    for (const rating of ratings) this.#kept?.add(rating)
    this.#isUnlearned ||= this.#kept !== undefined && ratings.length > 0
    const experience = addRatings(last.experience, ratings, last)
    const snapshot = Object.freeze({
      ...last,
      version: this.#versions.with(2, this.#ratings.version).join('.'),
      experience,
      textGroups: addTextGroups(last.textGroups, ratings),
      learned: this.#isUnlearned && this.#pace.isDue ? this.#learn(last) : last.learned,
    })
    this.#snapshot = snapshot
    if (experience.size !== last.experience.size) this.#options.onLoaded?.(snapshot)
    return snapshot
  }

  /** What the strategy makes of all ratings, those that came since included. */
  #learn({
    strategy,
    table,
    learned,
  }: Pick<RoutingSnapshot, 'strategy' | 'table' | 'learned'>): unknown {
    const atMs = this.#options.runtime.now()
    this.#isUnlearned = false
    return this.#pace.spend(() => {
      const learning = this.#kept?.learning()
      return learning && strategy.learn?.({ table, ...learning, atMs }, learned)
    })
  }

  /** Requests that come together share one load. */
  async #load(options?: CallOptions): Promise<RoutingSnapshot> {
    if (this.#loading !== undefined) {
      const snapshot = await (this.#isBehindScenes
        ? this.#loading.catch(() => undefined)
        : this.#loading)
      options?.signal?.throwIfAborted()
      // Something changed after that load had begun, and perhaps before this request: load once more.
      if (snapshot !== undefined && this.#stale.size === 0) return this.#withRatings(snapshot)
    }
    this.#loading ??= this.#begin()
    const snapshot = await this.#loading
    options?.signal?.throwIfAborted()
    return this.#withRatings(snapshot)
  }

  /** Reads experience anew while the last snapshot serves on. */
  #reloadBehindScenes(): void {
    if (this.#loading !== undefined) return
    this.#isBehindScenes = true
    this.#loading = this.#begin()
    this.#loading.catch((error: unknown) => this.#report(error))
  }

  #begin(): Promise<RoutingSnapshot> {
    return this.#loadOnce().finally(() => {
      this.#loading = undefined
      this.#isBehindScenes = false
    })
  }

  async #loadOnce(): Promise<RoutingSnapshot> {
    const parts = new Set(this.#stale)
    this.#stale.clear()
    this.#ratings.beginReading()
    try {
      // Versions first: a change that comes in between is seen as newer than the snapshot and read again.
      const versions = await this.#readVersions()
      const { snapshot, kept } = await this.#build(parts, versions)
      const [after = 0] = await this.#options.store.changes.versions([experienceTopic(this.#agent)])
      this.#snapshot = snapshot
      this.#kept = kept
      this.#isUnlearned = false
      this.#versions = versions
      this.#ratings.endReading({ before: versions[2] ?? 0, after })
      this.#checkedAtMs = this.#options.runtime.now()
      this.#options.onLoaded?.(snapshot)
      return snapshot
    } catch (error) {
      this.#ratings.failReading()
      for (const part of parts) this.#stale.add(part)
      throw error
    }
  }

  async #build(
    parts: ReadonlySet<SnapshotPart>,
    versions: readonly number[],
  ): Promise<{ readonly snapshot: RoutingSnapshot; readonly kept: KeptExperience | undefined }> {
    const last = this.#snapshot
    const models =
      last === undefined || parts.has('models') ? await this.#readModels(versions) : last
    const strategy = this.#options.strategyOf(this.#agent)
    const table = this.#withTimes(models.table, strategy)
    const presets = await this.#readPresets(parts)
    const atMs = this.#options.runtime.now()
    const { own, kept } = await this.#experience.read(strategy.learn !== undefined, atMs)
    const learning = kept?.learning()
    const snapshot = Object.freeze({
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
    return { snapshot, kept }
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
    if (presets !== this.#versions[3]) this.invalidate('presets')
    // Ratings come all the time, and nobody waits for those of others.
    const isStale = this.#experience.isStale(this.#options.runtime.now())
    if (isStale || this.#ratings.isBehind(experience ?? 0)) this.#reloadBehindScenes()
  }

  #report(cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause))
    const atMs = this.#options.runtime.now()
    this.#options.emit({ type: 'internal-failed', atMs, part: 'snapshot', error })
  }
}
