import { ConfigError } from '@imrs/core'

/** A text and what it is. */
export interface TextSample {
  readonly text: string
  /** One label, or how much of each of several, from 0 to 1 and 1 in sum. */
  readonly label: string | Readonly<Record<string, number>>
}

/** Options of {@link trainTextModel}. */
export interface TextModelOptions {
  /** Decides on the order in which samples are learned. Default: `1`. */
  readonly seed?: number | undefined
  /** How often all samples are gone through. Default: `8`. */
  readonly epochs?: number | undefined
  /** How far one sample moves the model. Few samples with uncertain labels want a hundredth of it. Default: `1`. */
  readonly learningRate?: number | undefined
  /** What large weights cost. Default: `0.0001`. */
  readonly decay?: number | undefined
  /** The longest run of words that is a feature, 1 to 5. Default: `2`. */
  readonly words?: number | undefined
  /** Features are hashed into so many bits, 8 to 22. Default: `18`. */
  readonly bits?: number | undefined
  /** How much the look of a text counts (length, digits, signs, lines) beside its words. Default: `0.05`. */
  readonly shapeWeight?: number | undefined
}

export type ResolvedTextModelOptions = {
  readonly [Key in keyof TextModelOptions]-?: number
}

/** @throws ConfigError that names the field, the rule and the value. */
export function resolveTextModelOptions(options: TextModelOptions): ResolvedTextModelOptions {
  return Object.freeze({
    seed: inRange('seed', options.seed ?? 1, [0, 0xff_ff_ff_ff]),
    epochs: whole('epochs', options.epochs ?? 8, [1, 1000]),
    learningRate: inRange('learningRate', options.learningRate ?? 1, [1e-6, 100]),
    decay: inRange('decay', options.decay ?? 0.0001, [0, 1]),
    words: whole('words', options.words ?? 2, [1, 5]),
    bits: whole('bits', options.bits ?? 18, [8, 22]),
    shapeWeight: inRange('shapeWeight', options.shapeWeight ?? 0.05, [0, 1]),
  })
}

/**
 * The labels of samples, in the order of their names.
 *
 * @throws ConfigError for samples that nothing can be learned from.
 */
export function labelsOf(samples: readonly TextSample[]): readonly string[] {
  const names = new Set<string>()
  for (const [index, { label }] of samples.entries()) {
    for (const [name, share] of sharesOf(label, index)) if (share > 0) names.add(name)
  }
  if (names.size === 0) throw new ConfigError('`samples` must hold at least one')
  return [...names].sort((left, right) => (left < right ? -1 : 1))
}

function sharesOf(label: TextSample['label'], index: number): readonly [string, number][] {
  if (typeof label === 'string') return [[label, 1]]
  const shares = Object.entries(label)
  const sum = shares.reduce((total, [, share]) => total + share, 0)
  if (shares.every(([, share]) => share >= 0) && Math.abs(sum - 1) < 1e-6) return shares
  throw new ConfigError(
    `\`samples.${index}.label\` must hold shares that are 1 in sum, got ${JSON.stringify(label)}`,
  )
}

function inRange(name: string, value: number, [low, high]: readonly [number, number]): number {
  if (value >= low && value <= high) return value
  throw new ConfigError(`\`${name}\` must be a number from ${low} to ${high}, got ${String(value)}`)
}

function whole(name: string, value: number, range: readonly [number, number]): number {
  if (Number.isInteger(value)) return inRange(name, value, range)
  throw new ConfigError(`\`${name}\` must be a whole number, got ${String(value)}`)
}
