/** Into how many pieces a window is cut: it moves on by one of them. */
const SLOTS = 10

interface Slot {
  /** Which piece of time it is of; counts from the start of the clock. */
  readonly number: number
  all: number
  bad: number
}

/** How much there was in the last while, and how much of it was bad. Time is monotonic milliseconds. */
export class RateWindow {
  readonly #slotMs: number
  #slots: Slot[] = []

  constructor(windowMs: number) {
    this.#slotMs = windowMs / SLOTS
  }

  add(isBad: boolean, nowMs: number): void {
    const number = Math.floor(nowMs / this.#slotMs)
    let slot = this.#slots.at(-1)
    if (slot?.number !== number) {
      slot = { number, all: 0, bad: 0 }
      this.#slots = [...this.#live(number), slot]
    }
    slot.all += 1
    if (isBad) slot.bad += 1
  }

  /** The bad share, 0 to 1; `undefined` when there were fewer than `minCount`. */
  share(minCount: number, nowMs: number): number | undefined {
    const live = this.#live(Math.floor(nowMs / this.#slotMs))
    const all = live.reduce((sum, slot) => sum + slot.all, 0)
    if (all < minCount) return undefined
    return live.reduce((sum, slot) => sum + slot.bad, 0) / all
  }

  /** Whether nothing is left of it. */
  isEmpty(nowMs: number): boolean {
    return this.#live(Math.floor(nowMs / this.#slotMs)).length === 0
  }

  #live(number: number): Slot[] {
    return this.#slots.filter((slot) => slot.number > number - SLOTS)
  }
}
