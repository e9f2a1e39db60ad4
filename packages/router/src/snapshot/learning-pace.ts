/** What learning may take of a core in the long run. */
const SHARE = 0.2

/** Time that is saved up while there is little to learn, milliseconds. */
const SAVED_MS = 2_000

/**
 * How often a strategy learns anew of ratings that come one by one: at once, as long as that takes less
 * than a fifth of the time, with two seconds saved up for when many come together. Where ratings come
 * faster than that, several are learned of at a time: else learning would be all that a process does.
 * None is lost.
 */
export class LearningPace {
  readonly #now: () => number
  #savedMs = SAVED_MS
  #atMs: number

  /** @param now a monotonic clock, milliseconds. */
  constructor(now: () => number) {
    this.#now = now
    this.#atMs = now()
  }

  get isDue(): boolean {
    this.#save()
    return this.#savedMs > 0
  }

  /** Does the work, and counts what it takes. */
  spend<Result>(work: () => Result): Result {
    this.#save()
    const result = work()
    const endedMs = this.#now()
    this.#savedMs -= endedMs - this.#atMs
    this.#atMs = endedMs
    return result
  }

  #save(): void {
    const nowMs = this.#now()
    this.#savedMs = Math.min(SAVED_MS, this.#savedMs + (nowMs - this.#atMs) * SHARE)
    this.#atMs = nowMs
  }
}
