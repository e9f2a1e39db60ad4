import type { ExperienceCell } from '../../domain/experience.ts'
import type {
  FigureGroup,
  FigurePeriod,
  FigureSum,
  PerformanceCell,
  RatingSum,
  ReasonSum,
} from '../../domain/performance.ts'
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

/** Sums over days, and what they are told apart by. */
export interface FigureSumQuery extends PerformanceFilter {
  /** The first UTC day, `2026-11-21`. Default: from the beginning. */
  readonly fromDay?: string | undefined
  /** The last one, itself included. Default: to the end. */
  readonly toDay?: string | undefined
  /** In any combination; none gives one sum. A day is told apart before the month it is in. */
  readonly groupBy: readonly FigureGroup[]
}

/** Sums of ratings, which are kept by month: `day` tells nothing apart here. */
export interface RatingSumQuery extends RatingQuery {
  readonly groupBy: readonly FigureGroup[]
}

/** Reasons of ratings of answers made in some time. */
export interface ReasonQuery extends PerformanceFilter {
  /** Answers made at this time or later, epoch milliseconds, by their ids. */
  readonly fromMs: number
  /** Answers made before this time. */
  readonly toMs: number
}

/**
 * What calls came to. `LedgerRepository.append` has each call counted in its own transaction, exactly
 * once: every read that begins after it has the call in it. Reads see the given tenant only.
 */
export interface PerformanceRepository {
  /**
   * The cells of days or of months, in no order, under the ids that models had then. Many: reports
   * use {@link sumFigures}.
   */
  listFigures(query: FigureQuery, options?: CallOptions): Promise<readonly PerformanceCell[]>
  /**
   * The figures of some days, added up by what `groupBy` says, in no order; there is none of no calls.
   * All are of one moment. A model that was renamed or moved, and whose old id is not offered any
   * more, counts under its new one, as row and as filter.
   */
  sumFigures(query: FigureSumQuery, options?: CallOptions): Promise<readonly FigureSum[]>
  /** The experience of the tenant's agents, by the month of the rated answers, in no order. */
  listRatings(query: RatingQuery, options?: CallOptions): Promise<readonly ExperienceCell[]>
  /** The same, added up; models that were renamed count as in {@link sumFigures}. */
  sumRatings(query: RatingSumQuery, options?: CallOptions): Promise<readonly RatingSum[]>
  /**
   * How often each reason was given for the ratings that count on answers now, in no order: reasons of
   * a rating that was replaced, outweighed or taken back are not among them. Kinds of task are those that
   * answers are credited to; models that were renamed count as in {@link sumFigures}.
   */
  sumReasons(query: ReasonQuery, options?: CallOptions): Promise<readonly ReasonSum[]>
}
