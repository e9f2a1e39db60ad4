import { FEATURES } from './rare-features.ts'
import type { WeighedText } from './rare-features.ts'

/** Texts that belong together, added up: 16 KiB. */
export class TextCluster {
  /** Σ of what its texts weigh, by feature. */
  readonly sums: Float32Array = new Float32Array(FEATURES)
  texts = 0
  /** The sum of the squares of `sums`. */
  #squares = 0

  add({ keys, weights }: WeighedText): void {
    this.texts += 1
    for (let place = 0; place < keys.length; place += 1) {
      const key = keys[place] ?? 0
      const before = this.sums[key] ?? 0
      this.sums[key] = before + (weights[place] ?? 0)
      this.#squares += (this.sums[key] ?? 0) ** 2 - before ** 2
    }
  }

  /** The cosine between a text and the sum. */
  likeness({ keys, weights }: WeighedText): number {
    let sum = 0
    for (let place = 0; place < keys.length; place += 1) {
      sum += (weights[place] ?? 0) * (this.sums[keys[place] ?? 0] ?? 0)
    }
    return this.#squares > 0 ? sum / Math.sqrt(this.#squares) : 0
  }
}
