/**
 * How often a duration fell into each bucket: the bucket's number, as text, to a count above 0.
 * Buckets are the same everywhere and grow by a constant factor, so that histograms of different
 * days and models add up bucket by bucket.
 */
export type LatencyHistogram = Readonly<Record<string, number>>

/** By how much at most a percentile of a histogram misses the duration itself, as a part of it. */
export const LATENCY_ERROR = 0.05

/** The upper bound of a bucket is this many times that of the one before. */
const GROWTH = (1 + LATENCY_ERROR) / (1 - LATENCY_ERROR)
const LOG_GROWTH = Math.log(GROWTH)

/** Ends above a day: what takes longer is counted as a day. */
const LAST_BUCKET = Math.ceil(Math.log(24 * 60 * 60 * 1000) / LOG_GROWTH)

/** How many buckets there are. */
export const LATENCY_BUCKETS: number = LAST_BUCKET + 1

/**
 * The bucket of a duration in milliseconds. Bucket 0 takes all up to one millisecond, the last one
 * all above a day; what is no number is taken for 0.
 */
export function latencyBucketOf(durationMs: number): number {
  if (!(durationMs > 1)) return 0
  return Math.min(LAST_BUCKET, Math.ceil(Math.log(durationMs) / LOG_GROWTH))
}

/** The duration that stands for all of a bucket, milliseconds: none of them is farther from it than {@link LATENCY_ERROR}. */
export function latencyOfBucket(bucket: number): number {
  return bucket <= 0 ? 1 : (2 * GROWTH ** bucket) / (GROWTH + 1)
}

/** The histogram of some durations in milliseconds. */
export function toLatencyHistogram(durationsMs: readonly number[]): LatencyHistogram {
  const counts: Record<string, number> = {}
  for (const durationMs of durationsMs) {
    const bucket = latencyBucketOf(durationMs)
    counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  return counts
}

/** Histograms, or other counts by name, added up; in any order the same. */
export function mergeCounts(
  counts: readonly Readonly<Record<string, number>>[],
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const each of counts) addCounts(sums, each)
  return sums
}

/** Adds counts to sums that are still being made. */
export function addCounts(
  sums: Record<string, number>,
  counts: Readonly<Record<string, number>>,
): void {
  for (const name in counts) {
    // The sums belong to the caller, who has them made here.
    // eslint-disable-next-line no-param-reassign
    sums[name] = (sums[name] ?? 0) + (counts[name] ?? 0)
  }
}

/** What the durations of a histogram come to. */
export interface LatencySummary {
  /** How many there are. */
  readonly count: number
  /** Milliseconds, within {@link LATENCY_ERROR} of their average. */
  readonly mean: number
  /** Milliseconds, one for each part that was asked for. */
  readonly percentiles: readonly number[]
}

/** The duration that stands for all of each bucket. */
const BUCKET_MS = Float64Array.from({ length: LATENCY_BUCKETS }, (_, bucket) =>
  latencyOfBucket(bucket),
)

/**
 * Count, average and percentiles. A percentile is the smallest duration that at least this part of
 * all does not exceed, by nearest rank: 0.5 is the median. It misses that duration by
 * {@link LATENCY_ERROR} of it at most, or by a millisecond where that is more. `undefined` for an
 * empty histogram.
 */
export function latencySummary(
  histogram: LatencyHistogram,
  fractions: readonly number[],
): LatencySummary | undefined {
  let count = 0
  let sum = 0
  // Counting through all buckets is quicker than asking which there are.
  for (let bucket = 0; bucket < LATENCY_BUCKETS; bucket += 1) {
    const times = histogram[bucket]
    if (times === undefined) continue
    count += times
    sum += times * (BUCKET_MS[bucket] ?? 0)
  }
  if (count === 0) return undefined
  const ranks = fractions.map((fraction) => Math.max(1, Math.ceil(fraction * count)))
  return { count, mean: sum / count, percentiles: ranks.map((rank) => atRank(histogram, rank)) }
}

function atRank(histogram: LatencyHistogram, rank: number): number {
  let below = 0
  let bucket = -1
  while (below < rank && bucket < LAST_BUCKET) {
    bucket += 1
    below += histogram[bucket] ?? 0
  }
  return BUCKET_MS[bucket] ?? Number.NaN
}
