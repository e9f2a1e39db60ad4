import type { FailureKind } from '../failure/failure-kinds.ts'
import type { NanoUsd } from '../money/nano-usd.ts'
import type { LatencyHistogram } from '../performance/latency-histogram.ts'
import type { FeedbackReason } from './feedback-reasons.ts'
import type { TaskType } from './task.ts'

/** How long a time the figures of one cell are of. */
export const FIGURE_PERIODS = ['day', 'month'] as const
export type FigurePeriod = (typeof FIGURE_PERIODS)[number]

/**
 * What calls came to: those to one model, for one agent and kind of task, in one UTC day make a row of
 * `model_performance_daily`. All are sums: cells add up.
 */
export interface PerformanceFigures {
  /** Calls that were not repetitions of a call to the same model: for how many answers it was asked. */
  readonly requests: number
  readonly attempts: number
  /** Calls that failed, whoever was to blame; those that a caller gave up are not among them. */
  readonly failures: number
  readonly aborted: number
  readonly failuresByKind: Readonly<Partial<Record<FailureKind, number>>>
  /** Of the calls whose tokens are known or estimated. */
  readonly inputTokens: number
  readonly outputTokens: number
  /** Calls that may have used tokens of which nothing is known. */
  readonly unmeasured: number
  /** Of the calls whose cost is known. */
  readonly costNanoUsd: NanoUsd
  /** Calls that may have cost something nobody knows: their cost is not in {@link costNanoUsd}. */
  readonly unpriced: number
  /** Of completed calls, whole milliseconds. */
  readonly totalMsSum: number
  /** From the start to the first visible part, of calls that came so far. */
  readonly firstPart: LatencyHistogram
  /** From the start to the end, of completed calls. */
  readonly total: LatencyHistogram
}

export interface PerformanceCell extends PerformanceFigures {
  readonly tenantId: string
  /** The UTC day, `2026-11-21`, or month, `2026-11`, in which the calls were begun. */
  readonly period: string
  readonly agentId: string
  /** What the model was chosen for. */
  readonly taskType: TaskType
  readonly modelId: string
  readonly providerId: string
}

/** What figures can be told apart by. Days and months are UTC. */
export const FIGURE_GROUPS = ['model', 'task-type', 'agent', 'day', 'month'] as const
export type FigureGroup = (typeof FIGURE_GROUPS)[number]

/** What a sum is of. What it is not told apart by is absent. */
export interface FigureKey {
  readonly modelId?: string | undefined
  readonly taskType?: TaskType | undefined
  readonly agentId?: string | undefined
  /** The UTC day, `2026-11-21`, or month, `2026-11`. */
  readonly period?: string | undefined
}

/** How often a reason was given for ratings of answers of one model that count now. */
export interface ReasonSum {
  readonly modelId: string
  readonly reason: FeedbackReason
  /** With ratings of .5 and more. */
  readonly good: number
  readonly bad: number
}

/** Figures of many cells. */
export interface FigureSum extends FigureKey, PerformanceFigures {}

/** Ratings of many cells, in thousandths. */
export interface RatingSum extends FigureKey {
  readonly count: number
  readonly sum: number
  readonly sumOfSquares: number
}
