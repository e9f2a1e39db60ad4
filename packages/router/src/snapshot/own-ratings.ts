import type { AgentKey, ExperienceMove, MessageRecord, ModelShift } from '@imrs/core'

/** What a rating that this process took did to experience. */
export interface OwnRating {
  readonly message: Pick<
    MessageRecord,
    keyof AgentKey | 'model' | 'creditedTaskType' | 'createdAtMs'
  >
  readonly moved: ExperienceMove
  readonly shift?: ModelShift | undefined
}

/**
 * Ratings of one agent that this process took, as they are to be added to what was read. Each raised the
 * version of the agent's experience by one: while there is no gap between them, nobody else rated, and
 * nothing has to be read.
 */
export class OwnRatings {
  #version = 0
  /** Versions that were told of before the ones that came before them. */
  readonly #ahead = new Set<number>()
  /** Whether what was read may hold ratings that are newer than its version. */
  #isUnsure = false
  #waiting: OwnRating[] = []
  #whileReading: OwnRating[] | undefined

  /** The version that what was read, and the ratings since, come to. */
  get version(): number {
    return this.#version
  }

  /** Ratings that are to be added. */
  get waiting(): number {
    return this.#waiting.length
  }

  add(rating: OwnRating): void {
    this.#whileReading?.push(rating)
    this.#take(rating)
  }

  /** What is to be added now, once. */
  takeAll(): readonly OwnRating[] {
    const ratings = this.#waiting
    this.#waiting = []
    return ratings
  }

  /** What there was is not to be gone on with; it is read before it is asked for again. */
  forget(): void {
    this.#waiting = []
    this.#ahead.clear()
  }

  /** Experience is about to be read. */
  beginReading(): void {
    this.#whileReading = []
  }

  /** It could not be read: what there was goes on. */
  failReading(): void {
    this.#whileReading = undefined
  }

  /**
   * Experience was read. When versions from before and after differ, it may hold ratings that came in
   * between, or not: those of this process are added, since one that was taken must count, and it is
   * read again soon.
   */
  endReading({ before, after }: { readonly before: number; readonly after: number }): void {
    const since = this.#whileReading ?? []
    this.#whileReading = undefined
    this.#version = before
    this.#isUnsure = before !== after
    this.#ahead.clear()
    this.#waiting = []
    for (const rating of since) this.#take(rating)
  }

  /** Whether the store, which is at this version, has ratings that are not in what was read and added. */
  isBehind(version: number): boolean {
    return this.#isUnsure || version !== this.#version
  }

  #take(rating: OwnRating): void {
    const { version } = rating.moved
    if (version <= this.#version || this.#ahead.has(version)) return
    this.#waiting.push(rating)
    this.#ahead.add(version)
    while (this.#ahead.delete(this.#version + 1)) this.#version += 1
  }
}
