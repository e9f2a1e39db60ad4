import type { Runtime } from '@imrs/core'

import { addRatings } from './build-experience.ts'
import type { KeptExperience } from './kept-experience.ts'
import { LearningPace } from './learning-pace.ts'
import { OwnRatings } from './own-ratings.ts'
import type { OwnRating } from './own-ratings.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'
import { addTextGroups } from './text-groups-of.ts'

/** Of an agent that nobody asks for, so many ratings are kept; then it is read anew by who asks next. */
const MAX_WAITING = 1000

/** What reading experience came to. */
export interface ReadExperience {
  /** The versions of the agent's experience before and after the reading. */
  readonly before: number
  readonly after: number
  /** What a strategy that learns was shown; `undefined` for one that does not. */
  readonly kept: KeptExperience | undefined
}

/** The ratings that came since the snapshot of an agent was read, and what its strategy makes of them. */
export class RatingsSince {
  readonly #runtime: Pick<Runtime, 'now'>
  readonly #own = new OwnRatings()
  readonly #pace: LearningPace
  #kept: KeptExperience | undefined
  #isUnlearned = false

  constructor(runtime: Pick<Runtime, 'now' | 'monotonic'>) {
    this.#runtime = runtime
    this.#pace = new LearningPace(runtime.monotonic)
  }

  /** `false`: there are too many, and all are forgotten: experience has to be read again. */
  add(rating: OwnRating): boolean {
    this.#own.add(rating)
    if (this.#own.waiting < MAX_WAITING) return true
    this.#own.forget()
    return false
  }

  beginReading(): void {
    this.#own.beginReading()
  }

  failReading(): void {
    this.#own.failReading()
  }

  endReading({ kept, ...versions }: ReadExperience): void {
    this.#kept = kept
    this.#isUnlearned = false
    this.#own.endReading(versions)
  }

  /** Whether the store, which is at this version, has ratings that are not in the snapshot. */
  isBehind(version: number): boolean {
    return this.#own.isBehind(version)
  }

  /**
   * The snapshot with the ratings since; itself where there are none.
   *
   * @param versionAt names the versions of a snapshot whose experience is of the given one.
   */
  addedTo(last: RoutingSnapshot, versionAt: (experience: number) => string): RoutingSnapshot {
    if (this.#own.waiting === 0 && !this.#isLearningDue) return last
    const ratings = this.#own.takeAll()
    for (const rating of ratings) this.#kept?.add(rating)
    this.#isUnlearned ||= this.#kept !== undefined && ratings.length > 0
    return Object.freeze({
      ...last,
      version: versionAt(this.#own.version),
      experience: addRatings(last.experience, ratings, last),
      textGroups: addTextGroups(last.textGroups, ratings),
      learned: this.#isLearningDue ? this.#learn(last) : last.learned,
    })
  }

  get #isLearningDue(): boolean {
    return this.#isUnlearned && this.#pace.isDue
  }

  #learn({ strategy, table, learned }: RoutingSnapshot): unknown {
    const atMs = this.#runtime.now()
    this.#isUnlearned = false
    return this.#pace.spend(() => {
      const learning = this.#kept?.learning()
      return learning && strategy.learn?.({ table, ...learning, atMs }, learned)
    })
  }
}
