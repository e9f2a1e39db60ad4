/**
 * A stream of numbers, uniform in [0, 1), that depends on the seed alone.
 *
 * mulberry32: 32 bits of state, passes the usual small test batteries; enough for ranking and
 * sampling, not for secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A seed for one decision: an unsigned 32-bit integer. */
export function drawSeed(random: () => number): number {
  return Math.floor(random() * 4_294_967_296) >>> 0
}
