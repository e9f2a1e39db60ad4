import type { Strategy } from '@imrs/core'

/** Which strategies to judge, by which decisions. */
export interface EvaluateQuery {
  /** One report each. At least one. */
  readonly strategies: readonly Strategy[]
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: every agent of the tenant. */
  readonly agentId?: string | undefined
  /**
   * Only decisions put down to the strategy of exactly this name, as decisions have it in `strategy`:
   * `experiment:<name>/<a or b>:<strategy>` is one arm of an experiment. Default: to any.
   */
  readonly loggedBy?: string | undefined
  /** Only decisions made at this time or later, epoch milliseconds. Default: from the first. */
  readonly fromMs?: number | undefined
  /** Only decisions made before this time, epoch milliseconds. Default: to the last. */
  readonly toMs?: number | undefined
  /** How often a strategy that uses chance is asked about each decision. Default: `64`. */
  readonly draws?: number | undefined
}
