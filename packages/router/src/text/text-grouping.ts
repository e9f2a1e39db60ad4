import { textFeatures } from './text-features.ts'
import { GROUP_FEATURES, GROUP_FEATURE_BITS, toTextGroup } from './text-group.ts'
import type { TextGroup } from './text-group.ts'

/** How groups of texts are found. */
export interface TextGroupingOptions {
  /** How many texts are looked at before there are groups. Default: `400`. */
  readonly texts?: number | undefined
  /** The most groups. Default: `32`. */
  readonly groups?: number | undefined
}

/** What comes first says what a text is: instructions and templates are there. Characters. */
const LONGEST_READ = 300

/** Runs of so many words are features. */
const WORDS = 1

/** A text that is less like all groups than this founds one of its own, while there is room. */
const FOUNDING_LIKENESS = 0.2

/** A text that is less like every group than this belongs to none. */
const LEAST_LIKENESS = 0.02

/** Fewer groups than this that were found before are not all of them: the rest had no rating yet. */
const FEWEST_KNOWN = 8

/** Fewer texts make no group. */
const FEWEST_TEXTS = 3

const SIZE = 2 ** GROUP_FEATURE_BITS

interface Weighed {
  readonly keys: Readonly<Uint32Array>
  /** 1 is the sum of squares; all 0 for a text without a telling word. */
  readonly weights: Float64Array
}

/** Texts that are alike, added up. */
class Cluster {
  /** Σ of what its texts weigh, by feature. */
  readonly sums = new Float32Array(SIZE)
  texts = 0
  /** The sum of the squares of `sums`. */
  #squares = 0

  add({ keys, weights }: Weighed): void {
    this.texts += 1
    for (let place = 0; place < keys.length; place += 1) {
      const key = keys[place] ?? 0
      const before = this.sums[key] ?? 0
      this.sums[key] = before + (weights[place] ?? 0)
      this.#squares += (this.sums[key] ?? 0) ** 2 - before ** 2
    }
  }

  /** The cosine between a text and the sum. */
  likeness({ keys, weights }: Weighed): number {
    let sum = 0
    for (let place = 0; place < keys.length; place += 1) {
      sum += (weights[place] ?? 0) * (this.sums[keys[place] ?? 0] ?? 0)
    }
    return this.#squares > 0 ? sum / Math.sqrt(this.#squares) : 0
  }
}

/**
 * Finds out what kinds of text come in, where nobody says so: after some hundred texts, the groups
 * that they fall into. Keeps sums of hashed words and no text; half a megabyte until there are
 * groups, a sixteenth of that from then on. Groups stay as they are once they are found.
 */
export class TextGrouping {
  readonly #options: { readonly texts: number; readonly groups: number }
  /** In how many texts each feature was. */
  readonly #texts = new Float64Array(SIZE)
  #count = 0
  #clusters: Cluster[] = []
  #groups: readonly TextGroup[] = []

  constructor({ texts = 400, groups = 32 }: TextGroupingOptions = {}) {
    this.#options = { texts, groups }
  }

  /** Those that texts are put into; none until enough texts have come. */
  get groups(): readonly TextGroup[] {
    return this.#groups
  }

  /**
   * The group of a text; `undefined` while there are none, and for a text that is like none of them.
   * `known` are those that were found before, by another process or before a start: eight or more are
   * taken on.
   */
  groupOf(text: string, known: readonly TextGroup[] = []): TextGroup | undefined {
    const weighed = this.#weigh(text)
    if (this.#groups.length === 0 && known.length >= FEWEST_KNOWN) this.#settle(known)
    if (this.#groups.length > 0) return nearest(this.#groups, weighed)
    this.#collect(weighed)
    if (this.#count >= this.#options.texts) this.#settle(this.#found())
    return undefined
  }

  #settle(groups: readonly TextGroup[]): void {
    this.#groups = groups
    this.#clusters = []
  }

  /** Features by how often they are in the text and how rare they are elsewhere. */
  #weigh(text: string): Weighed {
    const { keys, weights } = textFeatures(text.slice(0, LONGEST_READ), {
      words: WORDS,
      bits: GROUP_FEATURE_BITS,
    })
    this.#count += 1
    for (const key of keys) this.#texts[key]! += 1
    const rare = weights.map((weight, place) => {
      const rarity = Math.log((this.#count + 1) / ((this.#texts[keys[place] ?? 0] ?? 0) + 0.5))
      return weight * Math.max(0, rarity)
    })
    const norm = Math.sqrt(rare.reduce((sum, weight) => sum + weight * weight, 0))
    return { keys, weights: norm === 0 ? rare : rare.map((weight) => weight / norm) }
  }

  #collect(text: Weighed): void {
    let best: Cluster | undefined
    let likeness = -1
    for (const cluster of this.#clusters) {
      const one = cluster.likeness(text)
      if (one <= likeness) continue
      likeness = one
      best = cluster
    }
    if (best === undefined || (likeness < FOUNDING_LIKENESS && this.#hasRoom())) {
      best = new Cluster()
      this.#clusters.push(best)
    }
    best.add(text)
  }

  #hasRoom(): boolean {
    return this.#clusters.length < this.#options.groups
  }

  #found(): readonly TextGroup[] {
    return this.#clusters
      .filter(({ texts }) => texts >= FEWEST_TEXTS)
      .map(({ sums }) => {
        const features = [...sums.keys()].filter((feature) => (sums[feature] ?? 0) > 0)
        // The sort keeps features of equal weight in their order.
        features.sort((left, right) => (sums[right] ?? 0) - (sums[left] ?? 0))
        return toTextGroup(features.slice(0, GROUP_FEATURES))
      })
      .filter(({ weights }) => weights.size > 0)
  }
}

function nearest(groups: readonly TextGroup[], text: Weighed): TextGroup | undefined {
  let best: TextGroup | undefined
  let likeness = LEAST_LIKENESS
  for (const group of groups) {
    let sum = 0
    for (let place = 0; place < text.keys.length; place += 1) {
      sum += (text.weights[place] ?? 0) * (group.weights.get(text.keys[place] ?? 0) ?? 0)
    }
    if (sum < likeness || (sum === likeness && best !== undefined)) continue
    likeness = sum
    best = group
  }
  return best
}
