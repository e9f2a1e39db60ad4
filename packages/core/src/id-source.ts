import { v7 } from 'uuid'

/** What ids are made of. */
export interface IdMaterial {
  /** Wall clock, epoch milliseconds. */
  readonly now: () => number
  /** Fills the bytes with chance that nobody can guess. */
  readonly fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void
}

const BYTES_PER_ID = 16
const IDS_PER_DRAW = 256

/**
 * Returns a function that makes UUIDv7s, each after the one before, also within one millisecond and
 * when the clock goes back. Chance is drawn for many at a time: asking for it costs more than the rest.
 */
export function createIdSource({ now, fillRandom }: IdMaterial): () => string {
  const drawn = new Uint8Array(BYTES_PER_ID * IDS_PER_DRAW)
  let used = drawn.length
  let lastMs = 0
  let order = 0
  return () => {
    if (used === drawn.length) {
      fillRandom(drawn)
      used = 0
    }
    const random = drawn.subarray(used, used + BYTES_PER_ID)
    used += BYTES_PER_ID
    const atMs = now()
    order = atMs > lastMs ? firstOrder(random) : order + 1
    lastMs = Math.max(lastMs, atMs)
    return v7({ random, msecs: lastMs, seq: order })
  }
}

/** 31 of the 32 bits that hold the order: half of them are left to count up within a millisecond. */
function firstOrder(random: Uint8Array): number {
  return new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1
}
