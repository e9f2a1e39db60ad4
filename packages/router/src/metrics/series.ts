import type { HistogramSample, MetricFamily } from './metric-family.ts'

export interface SeriesFacts {
  readonly name: string
  readonly help: string
  /** In the order in which values are given. */
  readonly labels: readonly string[]
}

/** Seconds; those OpenTelemetry advises for calls to models. */
const BOUNDS: readonly number[] = Array.from({ length: 14 }, (_, index) => 0.01 * 2 ** index)

/** Numbers that only grow, one for each combination of label values. */
export class CounterSeries {
  readonly #facts: SeriesFacts
  readonly #values = new Map<string, { readonly labels: readonly string[]; value: number }>()

  constructor(facts: SeriesFacts) {
    this.#facts = facts
  }

  add(amount: number, ...labels: readonly string[]): void {
    const key = labels.join('\n')
    const known = this.#values.get(key)
    if (known === undefined) this.#values.set(key, { labels, value: amount })
    else known.value += amount
  }

  /** 0 for a combination that never came. */
  valueOf(...labels: readonly string[]): number {
    return this.#values.get(labels.join('\n'))?.value ?? 0
  }

  /** Every combination with its number. */
  entries(): readonly { readonly labels: readonly string[]; readonly value: number }[] {
    return [...this.#values.values()]
  }

  family(): MetricFamily {
    const { name, help, labels: names } = this.#facts
    const samples = this.entries().map(({ labels, value }) => ({
      labels: named(names, labels),
      value,
    }))
    return { name, help, type: 'counter', samples }
  }
}

/** What is known of durations with the same labels. */
export interface DurationSummary {
  readonly count: number
  readonly meanMs: number
  /** The bound below which 95 % lie, as fine as the buckets are; the longest one when that is smaller. */
  readonly p95Ms: number
  readonly maxMs: number
}

interface Durations {
  readonly labels: readonly string[]
  /** By bucket, the one above the last bound included. */
  readonly counts: number[]
  count: number
  sum: number
  max: number
}

/** Durations, counted in buckets for each combination of label values. */
export class DurationSeries {
  readonly #facts: SeriesFacts
  readonly #values = new Map<string, Durations>()

  constructor(facts: SeriesFacts) {
    this.#facts = facts
  }

  add(durationMs: number, ...labels: readonly string[]): void {
    const seconds = durationMs / 1000
    const durations = this.#of(labels)
    const found = BOUNDS.findIndex((bound) => seconds <= bound)
    const bucket = found === -1 ? BOUNDS.length : found
    durations.counts[bucket] = (durations.counts[bucket] ?? 0) + 1
    durations.count += 1
    durations.sum += seconds
    durations.max = Math.max(durations.max, seconds)
  }

  summaries(): readonly {
    readonly labels: readonly string[]
    readonly summary: DurationSummary
  }[] {
    return [...this.#values.values()].map((durations) => ({
      labels: durations.labels,
      summary: summaryOf(durations),
    }))
  }

  family(): MetricFamily {
    const { name, help, labels: names } = this.#facts
    const samples = [...this.#values.values()].map((durations): HistogramSample => {
      const { counts, count, sum, labels } = durations
      let below = 0
      const buckets = BOUNDS.map((atMost, index) => {
        below += counts[index] ?? 0
        return { atMost, count: below }
      })
      return { labels: named(names, labels), buckets, count, sum }
    })
    return { name, help, type: 'histogram', samples }
  }

  #of(labels: readonly string[]): Durations {
    const key = labels.join('\n')
    const known = this.#values.get(key)
    if (known !== undefined) return known
    const counts = Array.from({ length: BOUNDS.length + 1 }, () => 0)
    const made = { labels, counts, count: 0, sum: 0, max: 0 }
    this.#values.set(key, made)
    return made
  }
}

function summaryOf({ counts, count, sum, max }: Durations): DurationSummary {
  let below = 0
  const bucket = counts.findIndex((some) => (below += some) >= count * 0.95)
  const bound = BOUNDS[bucket] ?? max
  return {
    count,
    meanMs: (sum / count) * 1000,
    p95Ms: Math.min(bound, max) * 1000,
    maxMs: max * 1000,
  }
}

function named(names: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
}
