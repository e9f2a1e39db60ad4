import { textFeatures } from './text-features.ts'
import { GROUP_FEATURE_BITS } from './text-group.ts'

/** How many features there are. */
export const FEATURES: number = 2 ** GROUP_FEATURE_BITS

/** A text by its features; 1 is the sum of squares, and all are 0 for a text without a telling word. */
export interface WeighedText {
  readonly keys: Readonly<Uint32Array>
  readonly weights: Readonly<Float64Array>
}

export interface RareFeaturesOptions {
  /** The longest run of words that is a feature. */
  readonly words: number
  /** So much of a text is read, characters: instructions and templates come first. */
  readonly longest: number
}

/** Weighs the hashed words of texts by how often they are in the text and how rare they are elsewhere. */
export class RareFeatures {
  readonly #options: RareFeaturesOptions
  /** In how many texts each feature was. */
  readonly #texts = new Float64Array(FEATURES)
  #count = 0

  constructor(options: RareFeaturesOptions) {
    this.#options = options
  }

  /** How many texts were counted. */
  get count(): number {
    return this.#count
  }

  countText(text: string): void {
    this.#count += 1
    for (const key of this.#featuresOf(text).keys) this.#texts[key]! += 1
  }

  weigh(text: string): WeighedText {
    const { keys, weights } = this.#featuresOf(text)
    const rare = weights.map((weight, place) => {
      const rarity = Math.log((this.#count + 1) / ((this.#texts[keys[place] ?? 0] ?? 0) + 0.5))
      return weight * Math.max(0, rarity)
    })
    const norm = Math.sqrt(rare.reduce((sum, weight) => sum + weight * weight, 0))
    return { keys, weights: norm === 0 ? rare : rare.map((weight) => weight / norm) }
  }

  #featuresOf(text: string): ReturnType<typeof textFeatures> {
    const { words, longest } = this.#options
    return textFeatures(text.slice(0, longest), { words, bits: GROUP_FEATURE_BITS })
  }
}
