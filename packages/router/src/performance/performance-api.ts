import type { CallOptions, FailureKind, NanoUsd, ReasonSum, TaskType, DriftAlarm } from '@imrs/core'

/** What rows of a report can be told apart by. Days and months are UTC. */
export const PERFORMANCE_GROUPS = ['model', 'task-type', 'agent', 'day', 'month'] as const
export type PerformanceGroup = (typeof PERFORMANCE_GROUPS)[number]

/** Ratings needed before an average is shown as knowledge. */
export const ENOUGH_RATINGS = 30

export interface PerformanceQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: every agent. */
  readonly agentId?: string | undefined
  /** Default: every model. */
  readonly modelId?: string | undefined
  /** Default: every kind of task. */
  readonly taskType?: TaskType | undefined
  /** Calls begun at this time or later, epoch milliseconds, from the beginning of its UTC day. Default: from the first. */
  readonly fromMs?: number | undefined
  /** Calls begun before this time, to the end of the UTC day it is in. Default: to the last. */
  readonly toMs?: number | undefined
  /** What the rows are told apart by. Default: `['model']`; `[]` gives one row. */
  readonly groupBy?: readonly PerformanceGroup[] | undefined
}

/** An average of ratings, 0 to 1, and how far it can be trusted. */
export interface RatingFigure {
  readonly mean: number
  /** The 95 % interval of the mean: Wilson's for what lies between bounds, with the spread that was seen. */
  readonly low: number
  readonly high: number
  /** The standard deviation of one rating, drawn towards the largest there can be while there are few. */
  readonly deviation: number
  readonly count: number
  /** `false` below {@link ENOUGH_RATINGS} ratings: to be shown, but not as knowledge. */
  readonly isKnown: boolean
}

/** Milliseconds, within 5 %. */
export interface LatencyFigure {
  readonly p50: number
  readonly p95: number
  readonly mean: number
  readonly count: number
}

/** One row of a report. What it is not told apart by is absent. */
export interface PerformanceRow {
  readonly modelId?: string | undefined
  readonly taskType?: TaskType | undefined
  readonly agentId?: string | undefined
  /** The UTC day, `2026-11-21`, or month, `2026-11`. */
  readonly period?: string | undefined
  /** `undefined` without ratings, and in rows of days: ratings are kept by the month of the answer. */
  readonly rating?: RatingFigure | undefined
  /** Answers for which the model was asked. */
  readonly requests: number
  /** Calls, repetitions among them. */
  readonly calls: number
  readonly failures: number
  readonly failuresByKind: Readonly<Partial<Record<FailureKind, number>>>
  /** Calls that a caller gave up. */
  readonly aborted: number
  /** From the start of a call to the first visible part. */
  readonly firstPartMs?: LatencyFigure | undefined
  /** From the start to the end, of completed calls. */
  readonly totalMs?: LatencyFigure | undefined
  /** Of the calls whose cost is known. */
  readonly costNanoUsd: NanoUsd
  /** Calls that may have cost what nobody knows. */
  readonly unpricedCalls: number
  /** What a request costs on average, repetitions included; `undefined` when no cost is known. */
  readonly costPerRequestNanoUsd?: number | undefined
  readonly inputTokens: number
  readonly outputTokens: number
  /** Calls whose tokens nobody knows. */
  readonly unmeasuredCalls: number
}

export interface PerformanceReport {
  readonly tenantId: string
  /** The first and last UTC day of the calls; absent where there is no such bound. */
  readonly fromDay?: string | undefined
  readonly toDay?: string | undefined
  /** The first and last UTC month of the rated answers: whole months, since ratings are kept by month. */
  readonly ratingsFromMonth?: string | undefined
  readonly ratingsToMonth?: string | undefined
  /** The most requests first, then by name; by time where days or months are told apart. */
  readonly rows: readonly PerformanceRow[]
}

/** Whose use of a model. */
export interface UsageQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: every agent. */
  readonly agentId?: string | undefined
}

/** What one model was used for and how it did, from the first call. */
export interface ModelUsage {
  readonly modelId: string
  readonly overall: PerformanceRow
  readonly byTaskType: readonly PerformanceRow[]
  readonly byMonth: readonly PerformanceRow[]
}

/** Reasons of which ratings. */
export interface RatingReasonQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: every agent. */
  readonly agentId?: string | undefined
  /** Default: every model. */
  readonly modelId?: string | undefined
  /** What the answers are credited to. Default: every kind of task. */
  readonly taskType?: TaskType | undefined
  /** Answers made at this time or later, epoch milliseconds; at most 366 days before `toMs`. Default: 30 days before it. */
  readonly fromMs?: number | undefined
  /** Answers made before this time. Default: now, itself included. */
  readonly toMs?: number | undefined
}

/** Which alarms {@link PerformanceApi.drift} tells. */
export interface DriftQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: every agent. */
  readonly agentIds?: readonly string[] | undefined
  /** As the alarm has it, also when the model was renamed since. Default: every model. */
  readonly modelId?: string | undefined
  /** Raised at this time or later, epoch milliseconds. Default: from the first. */
  readonly fromMs?: number | undefined
  /** Raised before this time. Default: to the last. */
  readonly toMs?: number | undefined
  /** 1 to 1,000. Default: 1,000. */
  readonly limit?: number | undefined
}

/** Whose ratings {@link PerformanceApi.quality} tells. */
export interface QualityQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Ratings of answers of these agents alone, taken together. Default: every agent. */
  readonly agentIds?: readonly string[] | undefined
  /** What was rated less often is left out; 1 or more. Default: {@link ENOUGH_RATINGS}. */
  readonly minRatings?: number | undefined
}

/** How good a model was found at one kind of task. */
export interface ModelQuality {
  readonly modelId: string
  readonly taskType: TaskType
  readonly rating: RatingFigure
  /** To the first visible part, the median, milliseconds within 5 %; `undefined` when nothing is measured. */
  readonly firstPartMs?: number | undefined
}

/** How models did: read from sums that are kept as calls and ratings are recorded, not from the calls. */
export interface PerformanceApi {
  /**
   * Counts, failures, latency, cost and ratings of a period.
   *
   * @throws ImrsError `invalid-request` that names the field.
   */
  report(query?: PerformanceQuery, options?: CallOptions): Promise<PerformanceReport>
  /**
   * What one model, by id or alias, was used for. One that is no longer known still has its past.
   *
   * @throws ImrsError `unknown-model` when it is neither known nor was ever used.
   */
  usageOf(modelId: string, query?: UsageQuery, options?: CallOptions): Promise<ModelUsage>
  /**
   * How good models were found at each kind of task, from the first rating on, by model and kind of
   * task: nothing else is told, so that users may see it. Of the same sums as {@link report}.
   *
   * @throws ImrsError `invalid-request` that names the field.
   */
  quality(query?: QualityQuery, options?: CallOptions): Promise<readonly ModelQuality[]>
  /**
   * The alarms that a strategy that learns has raised about models that changed, the last first: by how
   * much ratings moved, and the answer whose rating raised it.
   *
   * @throws ImrsError `invalid-request` that names the field.
   */
  drift(query?: DriftQuery, options?: CallOptions): Promise<readonly DriftAlarm[]>
  /**
   * Why users rated answers as they did: how often each reason goes with a rating that counts now, by
   * model, the most frequent first. Read from the ratings that have reasons, of the months asked for.
   *
   * @throws ImrsError `invalid-request` that names the field.
   */
  reasons(query?: RatingReasonQuery, options?: CallOptions): Promise<readonly ReasonSum[]>
}
