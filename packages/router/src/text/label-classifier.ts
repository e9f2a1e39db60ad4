import type { TaskType } from '@imrs/core'

import { RareFeatures } from './rare-features.ts'
import type { WeighedText } from './rare-features.ts'
import { TextCluster } from './text-cluster.ts'

/** The label that a text is likely to have. */
export interface LabelGuess {
  readonly label: TaskType
  /** How often guesses as sure as this one were right, of texts whose label was known, from 0 to 1. */
  readonly confidence: number
}

/** More labels than this are not learned. */
const MAX_LABELS = 64

/** A guess that is wrong more often is none: the next best is a group of like texts. */
const LEAST_CONFIDENCE = 0.5

/** How much likelier than the next a label is that is liker by one twelfth: e times. */
const SHARPNESS = 12

/** Guesses are told apart by how sure they are. */
const LEVELS = 10

/** At each level, guesses are taken to have been right half a time in two before any were. */
const PRIOR = { right: 0.5, all: 2 } as const

interface Scored {
  readonly label: TaskType
  readonly level: number
}

/**
 * Learns the labels of texts as they come, and guesses those of others: the label whose texts a text
 * is most like. Each labelled text is guessed first, so that it is known how far guesses can be
 * trusted. Keeps sums of hashed words and no text: 16 KiB for each of at most 64 labels.
 */
export class LabelClassifier {
  readonly #features = new RareFeatures({ words: 2, longest: 600 })
  readonly #labels = new Map<TaskType, TextCluster>()
  readonly #right = new Float64Array(LEVELS)
  readonly #all = new Float64Array(LEVELS)

  learn(text: string, label: TaskType): void {
    const weighed = this.#features.weigh(text)
    const guess = this.#guess(weighed)
    if (guess !== undefined) {
      this.#all[guess.level]! += 1
      if (guess.label === label) this.#right[guess.level]! += 1
    }
    this.#features.countText(text)
    const cluster = this.#labels.get(label) ?? new TextCluster()
    if (!this.#labels.has(label) && this.#labels.size >= MAX_LABELS) return
    this.#labels.set(label, cluster)
    cluster.add(weighed)
  }

  /** `undefined` where fewer than half of such guesses were right, and while there are fewer than two labels. */
  labelOf(text: string): LabelGuess | undefined {
    const guess = this.#guess(this.#features.weigh(text))
    if (guess === undefined) return undefined
    const right = (this.#right[guess.level] ?? 0) + PRIOR.right
    const confidence = right / ((this.#all[guess.level] ?? 0) + PRIOR.all)
    return confidence < LEAST_CONFIDENCE ? undefined : { label: guess.label, confidence }
  }

  #guess(text: WeighedText): Scored | undefined {
    if (this.#labels.size < 2) return undefined
    const likeness = [...this.#labels.values()].map((cluster) => cluster.likeness(text))
    const best = Math.max(...likeness)
    const share = 1 / likeness.reduce((sum, one) => sum + Math.exp((one - best) * SHARPNESS), 0)
    const label = [...this.#labels.keys()][likeness.indexOf(best)]
    if (label === undefined) return undefined
    return { label, level: Math.min(LEVELS - 1, Math.floor(share * LEVELS)) }
  }
}
