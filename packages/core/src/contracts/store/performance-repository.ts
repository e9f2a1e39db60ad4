import type { ExperienceCell } from '../../domain/experience.ts'
import type { FigurePeriod, PerformanceCell } from '../../domain/performance.ts'
import type { TaskType } from '../../domain/task.ts'
import type { CallOptions } from '../call-options.ts'

/** Whose figures, and of what. */
export interface PerformanceFilter {
  readonly tenantId: string
  /** Default: every agent of the tenant. */
  readonly agentId?: string | undefined
  /** Default: every kind of task. */
  readonly taskType?: TaskType | undefined
  /** Default: every model. */
  readonly modelId?: string | undefined
}

export interface FigureQuery extends PerformanceFilter {
  readonly period: FigurePeriod
  /** The first day, `2026-11-21`, or month, `2026-11`. Default: from the beginning. */
  readonly from?: string | undefined
  /** The last one, itself included. Default: to the end. */
  readonly to?: string | undefined
}

export interface RatingQuery extends PerformanceFilter {
  /** The first month, `2026-11`. Default: from the beginning. */
  readonly from?: string | undefined
  /** The last one, itself included. Default: to the end. */
  readonly to?: string | undefined
}

/**
 * What calls came to, added up when they are recorded: `LedgerRepository.append` adds each call to
 * the cells of its day and its month in its own transaction, exactly once. Reads see the given tenant
 * only.
 */
export interface PerformanceRepository {
  /** The cells of days or of months, in no order. */
  listFigures(query: FigureQuery, options?: CallOptions): Promise<readonly PerformanceCell[]>
  /** The experience of the tenant's agents, by the month of the rated answers, in no order. */
  listRatings(query: RatingQuery, options?: CallOptions): Promise<readonly ExperienceCell[]>
}
