import type { TextFeatures } from './text-features.ts'
import { SHAPE_SIZE } from './text-features.ts'
import type { ResolvedTextModelOptions } from './text-model-options.ts'

/** The features of a text that a model has weights for. */
export interface ScaledText {
  readonly places: Readonly<Uint32Array>
  readonly values: Readonly<Float64Array>
}

/** How much features count, as found in the samples. */
export interface TextScales {
  /** How many features have weights. */
  readonly size: number
  scale(features: TextFeatures): ScaledText
}

/** Looks further from the average than this count as this, in standard deviations. */
const LARGEST_SHAPE = 3

const UNSEEN = -1

/** The look of a text comes first, then the features of the samples in the order they are met. */
export function createTextScales(
  samples: readonly TextFeatures[],
  { bits, shapeWeight }: Pick<ResolvedTextModelOptions, 'bits' | 'shapeWeight'>,
): TextScales {
  const placeOf = new Int32Array(2 ** bits).fill(UNSEEN)
  const texts = new Uint32Array(2 ** bits)
  let size = SHAPE_SIZE
  for (const { keys } of samples) {
    for (const key of keys) {
      texts[key]! += 1
      if (placeOf[key] !== UNSEEN) continue
      placeOf[key] = size
      size += 1
    }
  }
  const rarity = (key: number): number => Math.log((samples.length + 1) / ((texts[key] ?? 0) + 1))
  const shapes = shapeScale(samples)
  return {
    size,
    scale: ({ keys, weights, shape }) => {
      const values = weights.map((weight, index) => weight * rarity(keys[index] ?? 0))
      // Unknown words count here: a text of which little is known is not to be judged by that little.
      const norm = Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0))
      const scaled = new ScaledFeatures(SHAPE_SIZE + keys.length)
      for (const [place, value] of shapes(shape).entries()) scaled.add(place, value * shapeWeight)
      for (const [index, key] of keys.entries()) {
        const place = placeOf[key] ?? UNSEEN
        if (place !== UNSEEN && norm > 0) scaled.add(place, (values[index] ?? 0) / norm)
      }
      return scaled.done()
    },
  }
}

class ScaledFeatures {
  readonly #places: Uint32Array
  readonly #values: Float64Array
  #size = 0

  constructor(room: number) {
    this.#places = new Uint32Array(room)
    this.#values = new Float64Array(room)
  }

  add(place: number, value: number): void {
    this.#places[this.#size] = place
    this.#values[this.#size] = value
    this.#size += 1
  }

  done(): ScaledText {
    return {
      places: this.#places.subarray(0, this.#size),
      values: this.#values.subarray(0, this.#size),
    }
  }
}

/** Standard deviations from the average of the samples. */
function shapeScale(
  samples: readonly TextFeatures[],
): (shape: Readonly<Float64Array>) => Float64Array {
  const means = new Float64Array(SHAPE_SIZE)
  const squares = new Float64Array(SHAPE_SIZE)
  for (const { shape } of samples) {
    for (const [index, value] of shape.entries()) {
      means[index]! += value / samples.length
      squares[index]! += value ** 2 / samples.length
    }
  }
  const deviations = squares.map((square, index) =>
    Math.sqrt(Math.max(0, square - (means[index] ?? 0) ** 2)),
  )
  return (shape) =>
    Float64Array.from(shape, (value, index) => {
      const deviation = deviations[index] ?? 0
      if (deviation < 1e-9) return 0
      const distance = (value - (means[index] ?? 0)) / deviation
      return Math.max(-LARGEST_SHAPE, Math.min(LARGEST_SHAPE, distance))
    })
}
