import { RareFeatures } from './rare-features.ts'
import type { WeighedText } from './rare-features.ts'
import { TextCluster } from './text-cluster.ts'
import { GROUP_FEATURES, toTextGroup } from './text-group.ts'
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

/**
 * Finds out what kinds of text come in, where nobody says so: after some hundred texts, the groups
 * that they fall into. Keeps sums of hashed words and no text; half a megabyte until there are
 * groups, a sixteenth of that from then on. Groups stay as they are once they are found.
 */
export class TextGrouping {
  readonly #options: { readonly texts: number; readonly groups: number }
  readonly #features = new RareFeatures({ words: WORDS, longest: LONGEST_READ })
  #clusters: TextCluster[] = []
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
    this.#features.countText(text)
    const weighed = this.#features.weigh(text)
    if (this.#groups.length === 0 && known.length >= FEWEST_KNOWN) this.#settle(known)
    if (this.#groups.length > 0) return nearest(this.#groups, weighed)
    this.#collect(weighed)
    if (this.#features.count >= this.#options.texts) this.#settle(this.#found())
    return undefined
  }

  #settle(groups: readonly TextGroup[]): void {
    this.#groups = groups
    this.#clusters = []
  }

  #collect(text: WeighedText): void {
    let best: TextCluster | undefined
    let likeness = -1
    for (const cluster of this.#clusters) {
      const one = cluster.likeness(text)
      if (one <= likeness) continue
      likeness = one
      best = cluster
    }
    if (best === undefined || (likeness < FOUNDING_LIKENESS && this.#hasRoom())) {
      best = new TextCluster()
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

function nearest(groups: readonly TextGroup[], text: WeighedText): TextGroup | undefined {
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
