import { addFigures, emptyFigures, latencyCount, latencyPercentile } from '@imrs/core'
import type { ExperienceCell, LatencyHistogram, MutableFigures, PerformanceCell } from '@imrs/core'

import type { LatencyFigure, PerformanceGroup, PerformanceRow } from './performance-api.ts'
import { ratingFigure } from './rating-interval.ts'
import type { RatingSums } from './rating-interval.ts'

/** Sums of calls and of ratings, to be shown in rows. */
export interface ReportCells {
  readonly figures: readonly PerformanceCell[]
  readonly ratings: readonly ExperienceCell[]
}

type RowKey = Pick<PerformanceRow, 'modelId' | 'taskType' | 'agentId' | 'period'>

interface Group {
  readonly key: RowKey
  readonly figures: MutableFigures
  readonly ratings: { -readonly [Name in keyof RatingSums]: number }
}

interface CellKey {
  readonly modelId: string
  readonly taskType: string
  readonly agentId: string
  readonly period: string
}

/** The rows of a report, in its order. */
export function groupFigures(
  { figures, ratings }: ReportCells,
  groupBy: readonly PerformanceGroup[],
): readonly PerformanceRow[] {
  const groups = new Map<string, Group>()
  for (const cell of figures) addFigures(groupOf(groups, cell, groupBy).figures, cell)
  // A rating belongs to a month, and to no day of it.
  for (const cell of groupBy.includes('day') ? [] : ratings) {
    const { ratings: sums } = groupOf(groups, { ...cell, period: cell.month }, groupBy)
    sums.count += cell.count
    sums.sum += cell.sum
    sums.sumOfSquares += cell.sumOfSquares
  }
  return [...groups].sort(byTimeThenUse).map(([, group]) => toRow(group))
}

function groupOf(
  groups: Map<string, Group>,
  cell: CellKey,
  groupBy: readonly PerformanceGroup[],
): Group {
  let name = ''
  // No stored text holds what parts the names.
  for (const group of groupBy) name += `${valueOf(cell, group)}\0`
  const known = groups.get(name)
  if (known !== undefined) return known
  const made: Group = {
    key: keyOf(cell, groupBy),
    figures: emptyFigures(),
    ratings: { count: 0, sum: 0, sumOfSquares: 0 },
  }
  groups.set(name, made)
  return made
}

function valueOf(cell: CellKey, group: PerformanceGroup): string {
  switch (group) {
    case 'model':
      return cell.modelId
    case 'task-type':
      return cell.taskType
    case 'agent':
      return cell.agentId
    case 'day':
      return cell.period
    case 'month':
      return cell.period.slice(0, 7)
  }
}

function keyOf(cell: CellKey, groupBy: readonly PerformanceGroup[]): RowKey {
  const period =
    groupBy.find((group) => group === 'day') ?? groupBy.find((each) => each === 'month')
  return {
    ...(groupBy.includes('model') ? { modelId: cell.modelId } : {}),
    ...(groupBy.includes('task-type') ? { taskType: cell.taskType } : {}),
    ...(groupBy.includes('agent') ? { agentId: cell.agentId } : {}),
    ...(period === undefined ? {} : { period: valueOf(cell, period) }),
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
  const p50 = latencyPercentile(histogram, 0.5)
  const p95 = latencyPercentile(histogram, 0.95)
  if (p50 === undefined || p95 === undefined) return undefined
  return { p50, p95, count: latencyCount(histogram) }
}
