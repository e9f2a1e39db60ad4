/** How texts are turned into numbers. */
export interface TextFeatureOptions {
  /** The longest run of words that is a feature. */
  readonly words: number
  /** Features are hashed into so many bits. */
  readonly bits: number
}

/** What a text consists of. */
export interface TextFeatures {
  /** Hashes of its runs of words, each once. */
  readonly keys: Readonly<Uint32Array>
  /** How often each occurs, damped. */
  readonly weights: Readonly<Float64Array>
  /** What it looks like as a whole: {@link SHAPE_SIZE} numbers. */
  readonly shape: Readonly<Float64Array>
}

/** How many numbers say what a text looks like. */
export const SHAPE_SIZE = 8

const TOKEN = /\p{L}+|\p{N}+|[^\s\p{L}\p{N}]/gu

/** Words, numbers and signs, alone and in runs, by hash. Pure. */
export function textFeatures(text: string, { words, bits }: TextFeatureOptions): TextFeatures {
  const tokens = text.toLowerCase().match(TOKEN) ?? []
  const counts = new Map<number, number>()
  for (let start = 0; start < tokens.length; start += 1) {
    let hash = FNV_OFFSET
    for (let length = 0; length < words && start + length < tokens.length; length += 1) {
      hash = addToHash(hash, tokens[start + length] ?? '')
      const key = mix(hash) >>> (32 - bits)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return {
    keys: Uint32Array.from(counts.keys()),
    weights: Float64Array.from(counts.values(), (count) => Math.log1p(count)),
    shape: shapeOf(text),
  }
}

function shapeOf(text: string): Float64Array {
  const length = Math.max(1, text.length)
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0
  return Float64Array.of(
    Math.log1p(text.length),
    count(/\p{Nd}/gu) / length,
    Math.log1p(count(/\p{Nd}+/gu)),
    count(/\p{Lu}/gu) / length,
    length / Math.max(1, count(/\S+/gu)),
    count(/[^\p{L}\p{N}\s]/gu) / length,
    Math.log1p(count(/\n/g)),
    Math.log1p(count(/[.?!]\s/g)),
  )
}

const FNV_OFFSET = 0x81_1c_9d_c5
const FNV_PRIME = 0x01_00_01_93

/** FNV-1a; a space before each word keeps `ab c` and `a bc` apart. */
function addToHash(hash: number, word: string): number {
  let next = Math.imul(hash ^ 32, FNV_PRIME)
  for (let index = 0; index < word.length; index += 1) {
    next = Math.imul(next ^ word.charCodeAt(index), FNV_PRIME)
  }
  return next
}

/** Spreads what is in the lower bits over the upper ones, which are used. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 15)
  mixed = Math.imul(mixed, 0x2c_1b_3c_6d)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
