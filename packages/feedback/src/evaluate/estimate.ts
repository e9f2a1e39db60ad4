/** An estimated mean rating with its 95 % interval. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly standardError: number
}

/** What an interval is made of. */
export interface Spread {
  readonly value: number
  /** Variance of the estimate itself. */
  readonly variance: number
  /** How many of the observations bear on the variance; fewer make the interval wider. */
  readonly freedom: number
}

/**
 * A 95 % interval by Student's t: normal where many observations bear on it, wider where the variance
 * rests on few heavy ones. The bounds are not cut at 0 and 1.
 */
export function toEstimate({ value, variance, freedom }: Spread): Estimate {
  const standardError = Math.sqrt(variance)
  const reach = studentQuantile(freedom) * standardError
  return { value, low: value - reach, high: value + reach, standardError }
}

/**
 * How many normal observations would tell as much of a variance as `n` do whose fourth moment around
 * their mean is so large (Satterthwaite). A few heavy ones tell little.
 */
export function freedomOf(moments: {
  readonly n: number
  readonly squares: number
  readonly fourths: number
}): number {
  const { n, squares, fourths } = moments
  if (squares <= 0) return n
  const kurtosis = (n * fourths) / squares ** 2
  return Math.min(n - 1, (2 * n) / Math.max(kurtosis - 1, Number.EPSILON))
}

const NORMAL_QUANTILE = 1.959_963_984_540_054

/** Below this the expansion does not hold, and no interval says much. */
const LEAST_FREEDOM = 3

/** The 97.5 % quantile of Student's t (Cornish and Fisher's expansion, right to 1 % from 3 degrees on). */
export function studentQuantile(freedom: number): number {
  const z = NORMAL_QUANTILE
  const inverse = 1 / Math.max(LEAST_FREEDOM, freedom)
  const first = (z ** 3 + z) / 4
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  return z + inverse * (first + inverse * (second + inverse * third))
}
