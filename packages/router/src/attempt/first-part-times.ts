/** How many answers of a model are remembered. */
const KEPT = 100
/** Below so many nothing can be said of the slowest twentieth. */
const NEEDED = 20
/** How many models are remembered; the one not heard of for longest is forgotten. */
const MODELS = 1000

interface Times {
  readonly ring: Float64Array
  count: number
}

/** How long models take to their first visible part, in this process. */
export class FirstPartTimes {
  readonly #byModel = new Map<string, Times>()

  add(modelId: string, firstPartMs: number): void {
    const times = this.#byModel.get(modelId) ?? { ring: new Float64Array(KEPT), count: 0 }
    times.ring[times.count % KEPT] = firstPartMs
    times.count += 1
    this.#byModel.delete(modelId)
    this.#byModel.set(modelId, times)
    const [oldest] = this.#byModel.keys()
    if (this.#byModel.size > MODELS && oldest !== undefined) this.#byModel.delete(oldest)
  }

  /** The time within which 95 of 100 answers began (nearest rank); `undefined` while fewer than 20 are known. */
  p95(modelId: string): number | undefined {
    const times = this.#byModel.get(modelId)
    if (times === undefined || times.count < NEEDED) return undefined
    const sorted = times.ring.slice(0, Math.min(times.count, KEPT)).sort()
    return sorted[Math.ceil(sorted.length * 0.95) - 1]
  }
}
