/** How much of the newest finished period goes into what is usual. */
const WEIGHT = 0.1
/** After so many periods without use nothing is known any more. */
const FORGOTTEN_AFTER = 100

/**
 * Learns what is usual, and says how many times that is used now. Time is monotonic milliseconds.
 *
 * What is compared is the larger of the running period and the one before it, so that the start of a
 * period looks no better than the end of the last; neither is part of what is usual yet. A new level
 * becomes usual within some twenty periods.
 */
export class UsageBaseline {
  readonly #periodMs: number
  #period: number | undefined
  #count = 0
  /** Of the period before; `undefined` while there was none. */
  #last: number | undefined
  #usual = 0
  #learnt = 0

  constructor(periodMs: number) {
    this.#periodMs = periodMs
  }

  add(nowMs: number): void {
    this.#moveTo(nowMs)
    this.#count += 1
  }

  /**
   * How many times the usual it is; `undefined` while fewer than `minPeriods` were learnt, or less than
   * `minCount` was used.
   */
  times(
    { minCount, minPeriods }: { readonly minCount: number; readonly minPeriods: number },
    nowMs: number,
  ): number | undefined {
    this.#moveTo(nowMs)
    const used = Math.max(this.#count, this.#last ?? 0)
    if (this.#learnt < minPeriods || used < minCount) return undefined
    // Once in a period is the least that can be called usual.
    return used / Math.max(1, this.#usual)
  }

  /** Whether it was not used for so long that it can be dropped. */
  isForgotten(nowMs: number): boolean {
    return Math.floor(nowMs / this.#periodMs) - (this.#period ?? 0) > FORGOTTEN_AFTER
  }

  #moveTo(nowMs: number): void {
    const period = Math.floor(nowMs / this.#periodMs)
    const from = this.#period ?? period
    this.#period = period
    const steps = Math.min(period - from, FORGOTTEN_AFTER)
    for (let step = 0; step < steps; step += 1) this.#finishPeriod()
  }

  #finishPeriod(): void {
    if (this.#last !== undefined) {
      // A plain average at first, so that the first period does not count for all.
      this.#learnt += 1
      this.#usual += (this.#last - this.#usual) * Math.max(WEIGHT, 1 / this.#learnt)
    }
    this.#last = this.#count
    this.#count = 0
  }
}
