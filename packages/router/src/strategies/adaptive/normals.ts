import { seededRandom } from '@imrs/core'

const SIZE = 65_536

/** What a place is cut to: an offset plus a place wraps around. */
export const NORMALS_MASK: number = SIZE - 1

/** The middle of each of 65,536 equally likely ranges, shuffled. */
function makeNormals(): Float64Array {
  const numbers = Float64Array.from({ length: SIZE }, (_, index) => quantile((index + 0.5) / SIZE))
  const random = seededRandom(SIZE)
  for (let last = SIZE - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const moved = numbers[last] ?? 0
    numbers[last] = numbers[other] ?? 0
    numbers[other] = moved
  }
  return numbers
}

// Wichura, Algorithm AS 241 (PPND7): seven digits, more than a draw needs.
const CENTRAL = [
  [59.10937472, 159.29113202, 50.434271938, 3.3871327179],
  [67.1875636, 78.757757664, 17.895169469, 1],
] as const
const TAIL = [
  [0.17023821103, 1.3067284816, 2.75681539, 1.4234372777],
  [0, 0.12021132975, 0.7370016425, 1],
] as const
const FAR_TAIL = [
  [0.017337203997, 0.42868294337, 3.081226386, 6.657905115],
  [0, 0.012258202635, 0.24197894225, 1],
] as const

/** Below which number a normal one is with this probability. */
function quantile(probability: number): number {
  const centred = probability - 0.5
  if (Math.abs(centred) <= 0.425) return centred * ratio(CENTRAL, 0.180625 - centred * centred)
  const depth = Math.sqrt(-Math.log(Math.min(probability, 1 - probability)))
  const distance = depth <= 5 ? ratio(TAIL, depth - 1.6) : ratio(FAR_TAIL, depth - 5)
  return centred < 0 ? -distance : distance
}

function ratio(
  [above, below]: readonly [readonly number[], readonly number[]],
  at: number,
): number {
  const polynomial = (factors: readonly number[]): number =>
    factors.reduce((sum, factor) => sum * at + factor, 0)
  return polynomial(above) / polynomial(below)
}

/**
 * 65,536 numbers of a normal distribution in a fixed random order: read from an offset drawn at random
 * they are a draw for each candidate, at a tenth of the cost of making them.
 */
export const NORMALS: Readonly<Float64Array> = /* @__PURE__ */ makeNormals()
