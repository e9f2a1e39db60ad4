import type { Attempt } from '../domain/ledger.ts'
import type { FigurePeriod, PerformanceCell, PerformanceFigures } from '../domain/performance.ts'
import type { TaskType } from '../domain/task.ts'
import { addCounts, latencyBucketOf } from './latency-histogram.ts'

/** A call, and what its model was chosen for. */
export interface ClassifiedAttempt {
  readonly attempt: Attempt
  readonly taskType: TaskType
}

/** The figures of calls, a cell for each tenant, period, agent, kind of task and model, in the order of these. */
export function tallyAttempts(
  calls: readonly ClassifiedAttempt[],
  period: FigurePeriod,
): readonly PerformanceCell[] {
  const cells = new Map<string, MutableCell>()
  for (const call of calls) {
    const key = cellKeyOf(call, period)
    const { tenantId, agentId, taskType, modelId } = key
    const name = JSON.stringify([tenantId, key.period, agentId, taskType, modelId])
    let cell = cells.get(name)
    if (cell === undefined) {
      cell = { ...key, ...emptyFigures() }
      cells.set(name, cell)
    }
    addAttempt(cell, call.attempt)
  }
  return [...cells]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, cell]) => Object.freeze(cell))
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Figures that are still being added up. */
export type MutableFigures = Mutable<
  Omit<PerformanceFigures, 'failuresByKind' | 'firstPart' | 'total'>
> & {
  readonly failuresByKind: Record<string, number>
  readonly firstPart: Record<string, number>
  readonly total: Record<string, number>
}

type CellKey = Omit<PerformanceCell, keyof PerformanceFigures>
type MutableCell = CellKey & MutableFigures

/** No calls at all, to add to. */
export function emptyFigures(): MutableFigures {
  return {
    requests: 0,
    attempts: 0,
    failures: 0,
    aborted: 0,
    failuresByKind: {},
    inputTokens: 0,
    outputTokens: 0,
    unmeasured: 0,
    costNanoUsd: 0,
    unpriced: 0,
    totalMsSum: 0,
    firstPart: {},
    total: {},
  }
}

/* eslint-disable no-param-reassign -- The sums belong to the caller, who has them made here. */

/** Adds figures to sums that are still being made. */
export function addFigures(sums: MutableFigures, figures: PerformanceFigures): void {
  sums.requests += figures.requests
  sums.attempts += figures.attempts
  sums.failures += figures.failures
  sums.aborted += figures.aborted
  sums.inputTokens += figures.inputTokens
  sums.outputTokens += figures.outputTokens
  sums.unmeasured += figures.unmeasured
  sums.costNanoUsd += figures.costNanoUsd
  sums.unpriced += figures.unpriced
  sums.totalMsSum += figures.totalMsSum
  // A kind that is left out is not there.
  addCounts(sums.failuresByKind, figures.failuresByKind as Readonly<Record<string, number>>)
  addCounts(sums.firstPart, figures.firstPart)
  addCounts(sums.total, figures.total)
}

function addAttempt(cell: MutableFigures, attempt: Attempt): void {
  cell.attempts += 1
  if (attempt.cause !== 'retry') cell.requests += 1
  if (attempt.outcome === 'aborted') cell.aborted += 1
  if (attempt.outcome === 'failed') {
    cell.failures += 1
    count(cell.failuresByKind, attempt.failureKind ?? 'unknown')
  }
  addUse(cell, attempt)
  if (attempt.firstPartMs !== undefined) {
    count(cell.firstPart, latencyBucketOf(attempt.firstPartMs))
  }
  if (attempt.outcome !== 'completed') return
  count(cell.total, latencyBucketOf(attempt.totalMs))
  cell.totalMsSum += Math.max(0, Math.round(attempt.totalMs))
}

const NO_TOKENS = Object.freeze({ inputTokens: 0, outputTokens: 0 })

/** A call that the provider did not even take used nothing and cost nothing. */
function addUse(cell: MutableFigures, attempt: Attempt): void {
  const { outcome, headersMs, usage } = attempt
  const costNanoUsd = attempt.costNanoUsd ?? attempt.reportedCostNanoUsd
  const wasTaken = outcome !== 'failed' || headersMs !== undefined || usage !== undefined
  const { inputTokens, outputTokens } = usage ?? NO_TOKENS
  cell.inputTokens += inputTokens
  cell.outputTokens += outputTokens
  cell.costNanoUsd += costNanoUsd ?? 0
  if (wasTaken && usage === undefined) cell.unmeasured += 1
  if (wasTaken && costNanoUsd === undefined) cell.unpriced += 1
}

function count(counts: Record<string, number>, name: string | number): void {
  counts[name] = (counts[name] ?? 0) + 1
}

/* eslint-enable no-param-reassign */

function cellKeyOf({ attempt, taskType }: ClassifiedAttempt, period: FigurePeriod): CellKey {
  const { tenantId, agentId, modelId, providerId, startedAtMs } = attempt
  return {
    tenantId,
    period: periodOf(startedAtMs, period),
    agentId,
    taskType,
    modelId,
    providerId,
  }
}

/** The UTC day or month of a time: `2026-11-21`, `2026-11`. */
export function periodOf(atMs: number, period: FigurePeriod): string {
  return new Date(atMs).toISOString().slice(0, period === 'day' ? 10 : 7)
}
