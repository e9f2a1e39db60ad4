import { seededRandom } from '@imrs/core'

/** The largest value of the 12 bits between version and variant. */
const COUNTER_LIMIT = 4096

/**
 * Returns a function that makes valid UUIDv7s from the clock and the seed alone. Ids made within one
 * millisecond sort in the order they were made, up to 4,096 of them.
 */
export function createUuidSource(seed: number, now: () => number): () => string {
  // A stream of its own, so that making an id does not change the random numbers that follow.
  const random = seededRandom(seed ^ 0x1d_1d_1d_1d)
  let lastMs = -1
  let counter = 0
  return () => {
    const atMs = Math.floor(now())
    counter = atMs === lastMs ? (counter + 1) % COUNTER_LIMIT : 0
    lastMs = atMs
    const time = hex(atMs, 12)
    const variant = hex(0x80_00 + Math.floor(random() * 0x40_00), 4)
    const tail = hex(Math.floor(random() * 2 ** 24), 6) + hex(Math.floor(random() * 2 ** 24), 6)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(counter, 3)}-${variant}-${tail}`
  }
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}
