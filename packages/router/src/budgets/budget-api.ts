import type { BudgetPeriod, BudgetScope, CallOptions, DecimalText } from '@imrs/core'

/** What is counted: requests to models, tokens in and out together, or US dollars. */
export const BUDGET_LIMIT_UNITS = ['requests', 'tokens', 'usd'] as const
export type BudgetLimitUnit = (typeof BUDGET_LIMIT_UNITS)[number]

/** A limit, as it was set. */
export interface Budget {
  readonly tenantId: string
  readonly id: string
  readonly scope: BudgetScope
  /** `*`: each agent, user, provider or model on its own. The tenant's id where the scope is `tenant`. */
  readonly subject: string
  readonly unit: BudgetLimitUnit
  readonly period: BudgetPeriod
  /** In `unit`: dollars where that is `usd`. */
  readonly limit: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

export interface SetBudget {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Your name for it. One that is there is changed. */
  readonly id: string
  /** Whose use is counted, within the tenant. */
  readonly scope: BudgetScope
  /** One agent, user, provider (`openai`) or model (`openai/gpt-4o`). Default: each of them on its own. */
  readonly subject?: string | undefined
  readonly unit: BudgetLimitUnit
  /** Calendar windows in UTC. */
  readonly period: BudgetPeriod
  /**
   * In `unit`. A whole number of requests or tokens; dollars as decimal text with nine digits behind
   * the point at most, or as a number, which is rounded to them. 0 allows nothing but what costs nothing.
   */
  readonly limit: number | DecimalText
  /** Who sets it, for the audit. */
  readonly by?: string | undefined
}

export interface BudgetKey {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  readonly id: string
}

export interface RemoveBudget extends BudgetKey {
  /** Who removes it, for the audit. */
  readonly by?: string | undefined
}

export interface BudgetStatusQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: all of them. */
  readonly id?: string | undefined
  readonly scope?: BudgetScope | undefined
  /** 1 to 1,000. Default: 100. */
  readonly limit?: number | undefined
}

/** What is left of a budget in the running window, for one subject. Numbers are in the budget's unit. */
export interface BudgetStatus {
  readonly budget: Budget
  readonly subject: string
  readonly windowStartMs: number
  /** When it begins anew. */
  readonly windowEndMs: number
  readonly used: number
  /** The part of `used` that nobody measured: calls whose process died, counted in full. */
  readonly assumed: number
  /** Set aside for calls that run. */
  readonly reserved: number
  /** What another call could take. Never below 0. */
  readonly remaining: number
}

/** Limits on what a tenant, its agents, its users use, and what is used with providers and models. */
export interface BudgetApi {
  /**
   * Sets a limit. This process keeps it at once, others within a second. What was used is kept when
   * the limit or the subject changes; another scope, unit or period begins at nothing.
   *
   * @throws ImrsError `invalid-request` that names the field, the rule and the value.
   */
  set(budget: SetBudget, options?: CallOptions): Promise<Budget>
  /** Removes a limit and what was counted for it. @throws ImrsError `not-found`. */
  remove(budget: RemoveBudget, options?: CallOptions): Promise<void>
  /** The limits of one tenant, by id. Default: of the tenant `default`. */
  list(
    query?: { readonly tenantId?: string | undefined },
    options?: CallOptions,
  ): Promise<readonly Budget[]>
  /**
   * What is used and left now. One row for a budget of one subject; one for each subject that used
   * something of a budget of each, those with most first.
   */
  usage(query?: BudgetStatusQuery, options?: CallOptions): Promise<readonly BudgetStatus[]>
}
