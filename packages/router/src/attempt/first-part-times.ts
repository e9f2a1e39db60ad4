/** How many answers of a model are remembered. */
const KEPT = 100
/** Below so many nothing can be said of the slowest twentieth. */
const NEEDED = 20
/** Below so many a median may be an accident. */
const NEEDED_FOR_MEDIAN = 3
/** How many models are remembered; the one not heard of for longest is forgotten. */
const MODELS = 1000

interface Times {
  readonly ring: Float64Array
  count: number
  /** Kept until the next answer: many ask for it. */
  median: number | undefined
}

const NONE = { count: 0, median: undefined }

/** How long models take to their first visible part, in this process. */
export class FirstPartTimes {
  readonly #byModel = new Map<string, Times>()

  add(modelId: string, firstPartMs: number): void {
    const times = this.#byModel.get(modelId) ?? { ...NONE, ring: new Float64Array(KEPT) }
    times.ring[times.count % KEPT] = firstPartMs
    times.count += 1
    times.median = undefined
    this.#byModel.delete(modelId)
    this.#byModel.set(modelId, times)
    const [oldest] = this.#byModel.keys()
    if (this.#byModel.size > MODELS && oldest !== undefined) this.#byModel.delete(oldest)
  }

  /** The time within which 95 of 100 answers began (nearest rank); `undefined` while fewer than 20 are known. */
  p95(modelId: string): number | undefined {
    const times = this.#byModel.get(modelId)
    if (times === undefined || times.count < NEEDED) return undefined
    const sorted = sortedTimes(times)
    return sorted[Math.ceil(sorted.length * 0.95) - 1]
  }

  /** The time within which half of the answers began (the lower of two in the middle); `undefined` while fewer than 3 are known. */
  median(modelId: string): number | undefined {
    const times = this.#byModel.get(modelId)
    if (times === undefined || times.count < NEEDED_FOR_MEDIAN) return undefined
    if (times.median === undefined) {
      const sorted = sortedTimes(times)
      times.median = sorted[Math.ceil(sorted.length * 0.5) - 1]
    }
    return times.median
  }
}

function sortedTimes({ ring, count }: Times): Float64Array {
  return ring.slice(0, Math.min(count, KEPT)).sort()
}
