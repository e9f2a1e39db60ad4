/** Ratings of one model at one task, from 0 to 1. */
export interface Ratings {
  /** n, or what is left of it. */
  readonly count: number
  /** s: Σ rating. */
  readonly sum: number
  /** ss: Σ rating². */
  readonly squares: number
}

/** The ratings for one task type by row, each counted by what it still weighs. */
export class TaskStatistics {
  readonly count: Float64Array
  readonly sum: Float64Array
  readonly squares: Float64Array
  #total = 0

  /** @param size The rows there are. */
  constructor(size: number) {
    this.count = new Float64Array(size)
    this.sum = new Float64Array(size)
    this.squares = new Float64Array(size)
  }

  /** Σ n. */
  get total(): number {
    return this.#total
  }

  add(row: number, { count, sum, squares }: Ratings): void {
    this.count[row] = (this.count[row] ?? 0) + count
    this.sum[row] = (this.sum[row] ?? 0) + sum
    this.squares[row] = (this.squares[row] ?? 0) + squares
    this.#total += count
  }

  /** Adds what was found elsewhere, each cell as `most` ratings at most. */
  addAll(other: TaskStatistics, most: number): void {
    for (let row = 0; row < other.count.length; row += 1) {
      const count = other.count[row] ?? 0
      if (count === 0) continue
      const power = Math.min(1, most / count)
      const sum = (other.sum[row] ?? 0) * power
      this.add(row, { count: count * power, sum, squares: (other.squares[row] ?? 0) * power })
    }
  }

  /** Moves the mean by `shift`, within 0 and 1, and keeps the `kept` part of the ratings with their scatter. */
  shift(row: number, { shift, kept }: { readonly shift: number; readonly kept: number }): void {
    const count = this.count[row] ?? 0
    if (count === 0) return
    const sum = this.sum[row] ?? 0
    const scatter = Math.max(0, (this.squares[row] ?? 0) - (sum * sum) / count)
    const mean = Math.min(1, Math.max(0, sum / count + shift))
    this.count[row] = count * kept
    this.sum[row] = count * kept * mean
    this.squares[row] = kept * (scatter + count * mean * mean)
    this.#total -= count * (1 - kept)
  }
}
