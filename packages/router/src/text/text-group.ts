/** Features of texts are hashed into so many bits: two signs of a name hold one. */
export const GROUP_FEATURE_BITS = 12

/** A group is known by at most so many features, so that its name fits a task type of 50 characters. */
export const GROUP_FEATURES = 18

/** Kinds of text that were found in requests, each by the features that its texts share. */
export interface TextGroup {
  /** Says which features they are, in order: whoever reads the name knows the group. No word can be read from it. */
  readonly name: string
  /** How much each feature counts; 1 is the sum of squares. */
  readonly weights: ReadonlyMap<number, number>
}

/** What the name of a group begins with; no bucket's does. */
const MARK = '~'

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** A group by its features, the weightiest first; more than {@link GROUP_FEATURES} are left out. */
export function toTextGroup(features: readonly number[]): TextGroup {
  const kept = features.slice(0, GROUP_FEATURES)
  // By rank: the name has no room for weights, and the group must be the same when it is read from it.
  const ranks = kept.map((_, rank) => 1 / Math.sqrt(rank + 2))
  const norm = Math.sqrt(ranks.reduce((sum, rank) => sum + rank * rank, 0))
  const weights = new Map(kept.map((feature, place) => [feature, (ranks[place] ?? 0) / norm]))
  const signs = kept.map((feature) => `${DIGITS[feature >>> 6] ?? ''}${DIGITS[feature & 63] ?? ''}`)
  return { name: `${MARK}${signs.join('')}`, weights }
}

/** The group that a name stands for; `undefined` for what is no name of a group. */
export function parseTextGroup(name: string): TextGroup | undefined {
  if (!/^~(?:[\w-]{2}){1,18}$/.test(name)) return undefined
  const features: number[] = []
  for (let place = 1; place < name.length; place += 2) {
    features.push(DIGITS.indexOf(name[place] ?? '') * 64 + DIGITS.indexOf(name[place + 1] ?? ''))
  }
  return toTextGroup(features)
}
