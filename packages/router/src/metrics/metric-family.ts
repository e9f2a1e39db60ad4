/** One number, told apart from others of its family by labels. */
export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** How durations of one kind are distributed. */
export interface HistogramSample {
  readonly labels: Readonly<Record<string, string>>
  /** How many are at most so many seconds, for rising bounds; what is above the last is in {@link count} alone. */
  readonly buckets: readonly { readonly atMost: number; readonly count: number }[]
  readonly count: number
  readonly sum: number
}

interface FamilyFacts {
  /** As Prometheus writes it: `imrs_attempts_total`. */
  readonly name: string
  readonly help: string
}

/** All samples of one name. */
export type MetricFamily =
  | (FamilyFacts & {
      readonly type: 'counter' | 'gauge'
      readonly samples: readonly MetricSample[]
    })
  | (FamilyFacts & { readonly type: 'histogram'; readonly samples: readonly HistogramSample[] })
