/** Reward over time: a moving mean, its mean and spread over the seeds. */
export interface ReplayCurve {
  /** How many requests a mean is taken over. */
  readonly window: number
  readonly points: readonly ReplayCurvePoint[]
}

export interface ReplayCurvePoint {
  /** The last request of the window, counted from 1. */
  readonly request: number
  readonly mean: number
  /** One standard deviation over the seeds; 0 with one seed. */
  readonly deviation: number
}

/** The fewest requests of a window, and the share of the stream that it is otherwise. */
const WINDOW = { least: 50, share: 0.05 }
const POINTS = 160

/** Lays the rewards of several streams over each other. Of streams of different lengths, as far as the shortest goes. */
export function toCurve(rewards: readonly Float64Array[]): ReplayCurve {
  const length = Math.min(...rewards.map((one) => one.length))
  const window = Math.min(length, Math.max(WINDOW.least, Math.round(length * WINDOW.share)))
  const count = Math.min(POINTS, length - window + 1)
  const sums = rewards.map(runningSums)
  const points = Array.from({ length: count }, (_, place) => {
    const request = window + Math.round((place * (length - window)) / Math.max(1, count - 1))
    const means = sums.map((sum) => ((sum[request] ?? 0) - (sum[request - window] ?? 0)) / window)
    return { request, ...meanAndDeviation(means) }
  })
  return { window, points }
}

/** The mean, and the standard deviation of a sample; 0 for one number. */
export function meanAndDeviation(values: readonly number[]): {
  readonly mean: number
  readonly deviation: number
} {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) }
}

/** Σ of the first numbers, by how many. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (const [place, value] of values.entries()) sums[place + 1] = (sums[place] ?? 0) + value
  return sums
}
