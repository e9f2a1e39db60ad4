import { emptyFigures, latencySummary } from '@imrs/core'
import type {
  FigureKey,
  FigureSum,
  LatencyHistogram,
  PerformanceFigures,
  RatingSum,
} from '@imrs/core'

import type { LatencyFigure, PerformanceRow } from './performance-api.ts'
import { ratingFigure } from './rating-interval.ts'
import type { RatingSums } from './rating-interval.ts'

interface Group {
  readonly key: FigureKey
  readonly figures: PerformanceFigures
  readonly ratings: RatingSums
}

const NO_RATINGS: RatingSums = Object.freeze({ count: 0, sum: 0, sumOfSquares: 0 })

/** The rows of a report, in its order, of sums that are told apart by the same. */
export function toRows(
  figures: readonly FigureSum[],
  ratings: readonly RatingSum[],
): readonly PerformanceRow[] {
  const groups = new Map<string, Group>()
  for (const sum of figures) {
    groups.set(nameOf(sum), { key: keyOf(sum), figures: sum, ratings: NO_RATINGS })
  }
  for (const sum of ratings) {
    const name = nameOf(sum)
    const group = groups.get(name) ?? { key: keyOf(sum), figures: emptyFigures() }
    groups.set(name, { ...group, ratings: sum })
  }
  return [...groups].sort(byTimeThenUse).map(([, group]) => toRow(group))
}

/** In the order of names, where nothing else tells which comes first. */
function nameOf({ modelId = '', taskType = '', agentId = '', period = '' }: FigureKey): string {
  // No stored text holds what parts the names.
  return `${modelId}\0${taskType}\0${agentId}\0${period}`
}

/** The members that are there. */
function keyOf({ modelId, taskType, agentId, period }: FigureKey): FigureKey {
  return {
    ...(modelId === undefined ? {} : { modelId }),
    ...(taskType === undefined ? {} : { taskType }),
    ...(agentId === undefined ? {} : { agentId }),
    ...(period === undefined ? {} : { period }),
  }
}

function byTimeThenUse([leftName, left]: [string, Group], [rightName, right]: [string, Group]) {
  const [before, after] = [left.key.period ?? '', right.key.period ?? '']
  if (before !== after) return before < after ? -1 : 1
  const more = right.figures.requests - left.figures.requests
  if (more !== 0) return more
  return leftName < rightName ? -1 : 1
}

function toRow({ key, figures, ratings }: Group): PerformanceRow {
  const priced = figures.attempts - figures.unpriced
  const { requests, attempts, costNanoUsd } = figures
  return {
    ...key,
    rating: ratingFigure(ratings),
    requests,
    calls: attempts,
    failures: figures.failures,
    failuresByKind: figures.failuresByKind,
    aborted: figures.aborted,
    firstPartMs: latencyFigure(figures.firstPart),
    totalMs: latencyFigure(figures.total),
    costNanoUsd,
    unpricedCalls: figures.unpriced,
    costPerRequestNanoUsd:
      priced === 0 || requests === 0 ? undefined : (costNanoUsd / priced) * (attempts / requests),
    inputTokens: figures.inputTokens,
    outputTokens: figures.outputTokens,
    unmeasuredCalls: figures.unmeasured,
  }
}

function latencyFigure(histogram: LatencyHistogram): LatencyFigure | undefined {
  const summary = latencySummary(histogram, [0.5, 0.95])
  if (summary === undefined) return undefined
  const {
    count,
    mean,
    percentiles: [p50 = Number.NaN, p95 = Number.NaN],
  } = summary
  return { p50, p95, mean, count }
}
