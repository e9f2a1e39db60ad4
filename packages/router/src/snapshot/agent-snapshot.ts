import type { AgentKey, CallOptions, RouterEvent, Strategy } from '@imrs/core'
import { CATALOG_TOPIC, agentTopic, experienceTopic, presetsTopic } from '@imrs/core'

import type { PresetBook } from '../presets/preset-book.ts'
import { AgentParts } from './agent-parts.ts'
import type { AgentPartsOptions } from './agent-parts.ts'
import { buildExperience } from './build-experience.ts'
import { ExperienceReader } from './experience-reader.ts'
import type { KeptExperience } from './kept-experience.ts'
import type { OwnRating } from './own-ratings.ts'
import { RatingsSince } from './ratings-since.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'
import { textGroupsOf } from './text-groups-of.ts'

export interface AgentSnapshotOptions extends AgentPartsOptions {
  readonly strategyOf: (agent: AgentKey) => Strategy
  readonly emit: (event: RouterEvent) => void
  /** Whether ratings of other tenants bear on the agent. */
  readonly shareExperience: boolean
  /** Told of each snapshot that takes the place of the one before. */
  readonly onLoaded?: ((snapshot: RoutingSnapshot) => void) | undefined
}

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
  readonly #parts: AgentParts
  readonly #stale = new Set<SnapshotPart>(['models', 'experience', 'presets'])
  #snapshot: RoutingSnapshot | undefined
  /** By the place of their topics: the versions that the snapshot was made from. */
  #versions: readonly number[] = []
  #checkedAtMs = 0
  #loading: Promise<RoutingSnapshot> | undefined
  /** Whether nobody waits for what is being loaded. */
  #isBehindScenes = false
  readonly #ratings: RatingsSince
  #checking: Promise<void> | undefined

  constructor(options: AgentSnapshotOptions, agent: AgentKey) {
    this.#options = options
    this.#agent = Object.freeze({ tenantId: agent.tenantId, agentId: agent.agentId })
    this.#experience = new ExperienceReader(options, this.#agent)
    this.#parts = new AgentParts(options, this.#agent)
    this.#ratings = new RatingsSince(options.runtime)
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
    if (!this.#ratings.add(rating)) this.invalidate('experience')
  }

  /** The snapshot with the ratings since it was made. */
  #withRatings(last: RoutingSnapshot): RoutingSnapshot {
    const snapshot = this.#ratings.addedTo(last, (experience) =>
      this.#versions.with(2, experience).join('.'),
    )
    this.#snapshot = snapshot
    if (snapshot.experience.size !== last.experience.size) this.#options.onLoaded?.(snapshot)
    return snapshot
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
      this.#versions = versions
      this.#ratings.endReading({ before: versions[2] ?? 0, after, kept })
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
      last === undefined || parts.has('models') ? await this.#parts.models(versions[0] ?? 0) : last
    const strategy = this.#options.strategyOf(this.#agent)
    const table = this.#parts.withTimes(models.table, strategy)
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

  async #readPresets(parts: ReadonlySet<SnapshotPart>): Promise<PresetBook> {
    const last = this.#snapshot?.presets
    if (last !== undefined && !parts.has('presets')) return last
    return this.#parts.presets()
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
    const table = this.#parts.withTimes(snapshot.table, snapshot.strategy)
    this.#snapshot = Object.freeze({ ...snapshot, table })
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
