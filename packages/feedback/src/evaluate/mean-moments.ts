import { freedomOf } from './estimate.ts'
import type { Spread } from './estimate.ts'

/** The mean of numbers that go by, with what an interval around it takes. */
export class MeanMoments {
  #n = 0
  #mean = 0
  #squares = 0
  #cubes = 0
  #fourths = 0

  get count(): number {
    return this.#n
  }

  get mean(): number {
    return this.#mean
  }

  /** Moments around the mean, updated together so that nothing cancels (Pébay). */
  add(value: number): void {
    const before = this.#n
    const n = before + 1
    const delta = value - this.#mean
    const step = delta / n
    const term = delta * step * before
    this.#fourths +=
      term * step * step * (n * n - 3 * n + 3) +
      6 * step * step * this.#squares -
      4 * step * this.#cubes
    this.#cubes += term * step * (n - 2) - 3 * step * this.#squares
    this.#squares += term
    this.#mean += step
    this.#n = n
  }

  /** Variance of the mean. */
  variance(): number {
    return this.#n < 2 ? Number.POSITIVE_INFINITY : this.#squares / (this.#n * (this.#n - 1))
  }

  spread(): Spread {
    const moments = { n: this.#n, squares: this.#squares, fourths: this.#fourths }
    return { value: this.#mean, variance: this.variance(), freedom: freedomOf(moments) }
  }
}
