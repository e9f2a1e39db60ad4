/** How long places that were taken together may be used, milliseconds; counted from before they were asked for. */
export const LEASE_MS = 500

/** What a process holds of one provider's places. Times are monotonic, milliseconds. */
export class ProviderPlaces {
  #left = 0
  #usableUntilMs = 0
  /** Of the places that came last, how many were used. */
  #used = 0
  #noneUntilMs = 0
  #waiting = 0
  #asking: Promise<void> | undefined

  /** Uses one of those that are held; `false` when there is none. */
  useOne(nowMs: number): boolean {
    if (this.#left === 0 || nowMs >= this.#usableUntilMs) return false
    this.#left -= 1
    this.#used += 1
    return true
  }

  /** How long it is known that there is none; 0 when it is not. */
  noneFor(nowMs: number): number {
    return Math.max(0, Math.ceil(this.#noneUntilMs - nowMs))
  }

  /** How many are worth asking for: for all that wait, and up to so many for those that follow. */
  countToAsk(mostAhead: number): number {
    return Math.max(1, this.#waiting, Math.min(this.#used, mostAhead))
  }

  came(granted: number, askedAtMs: number): void {
    this.#left = granted
    this.#used = 0
    this.#usableUntilMs = askedAtMs + LEASE_MS
  }

  /** There is none until then. */
  refused(untilMs: number): void {
    this.came(0, 0)
    this.#noneUntilMs = untilMs
  }

  /** Waits for the question that is under way, or asks: one at a time, for all that wait. */
  async ask(question: () => Promise<void>): Promise<void> {
    this.#waiting += 1
    try {
      this.#asking ??= question().finally(() => {
        this.#asking = undefined
      })
      await this.#asking
    } finally {
      this.#waiting -= 1
    }
  }
}
