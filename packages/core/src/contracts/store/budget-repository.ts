import type {
  BudgetCharge,
  BudgetReservation,
  BudgetRule,
  BudgetScope,
  BudgetUsage,
} from '../../domain/budget.ts'
import type { AuditedOptions, CallOptions } from '../call-options.ts'

/** Whether all of it was reserved, or which rule had too little left. */
export type BudgetOutcome =
  | { readonly kind: 'reserved' }
  | {
      readonly kind: 'refused'
      /** The rule that refused: of several, the first in the order of their ids. */
      readonly ruleId: string
      /** What was used of it in the window. Never falls before the window ends. */
      readonly used: number
      /** What other calls had set aside; some of it may come back. */
      readonly reserved: number
      /** When its window ends, epoch milliseconds. */
      readonly resetsAtMs: number
    }

export interface BudgetReserveRequest {
  /** The id of the attempt; the same id twice reserves once, as long as it is not settled. */
  readonly id: string
  readonly tenantId: string
  /** At most one of each rule. None at all is always reserved. */
  readonly charges: readonly BudgetCharge[]
  /** When nobody can be expected to settle it any more, epoch milliseconds. */
  readonly expiresAtMs: number
}

export interface BudgetUsageQuery {
  readonly tenantId: string
  readonly atMs: number
  readonly scope?: BudgetScope | undefined
  readonly ruleId?: string | undefined
  /** 1 to 1,000. Default: 100. */
  readonly limit?: number | undefined
}

/** Limits on requests, tokens and money, and what was used of them. Exact across processes. */
export interface BudgetRepository {
  /**
   * Writes the rule; the key is (tenant, id). Raises the topic of budgets. What was used is kept; a
   * new rule, and one whose scope, unit or period was another, begins at nothing. The time a stored
   * rule was created stays.
   */
  put(rule: BudgetRule, options?: AuditedOptions): Promise<void>
  /** Removes the rule and what was counted for it, and raises the topic. `false` when there was none. */
  delete(
    key: { readonly tenantId: string; readonly ruleId: string },
    options?: AuditedOptions,
  ): Promise<boolean>
  /** The rules of one tenant, or of all, in the order of (tenant, id). */
  list(
    query?: { readonly tenantId?: string | undefined },
    options?: CallOptions,
  ): Promise<readonly BudgetRule[]>
  /**
   * Takes all charges or none, in one transaction of one conditional statement for each charge: of
   * processes that come together, exactly as many succeed as fit. Used and reserved together never
   * exceed a limit by a reservation. The limit is the one the charge names.
   */
  reserve(request: BudgetReserveRequest, options?: CallOptions): Promise<BudgetOutcome>
  /** Gives a reservation back unused, for a call that was not made. Idempotent. */
  release(
    key: { readonly tenantId: string; readonly reservationId: string },
    options?: CallOptions,
  ): Promise<void>
  /**
   * Settles reservations that expired by `atMs`, at what they reserved: nobody knows what those calls
   * used. Gives them, each to one caller only, those that expired first, `limit` (1 to 1,000) at most.
   * Also forgets windows that are over for as long again as two of them last, and have nothing reserved.
   */
  expire(
    given: { readonly atMs: number; readonly limit: number },
    options?: CallOptions,
  ): Promise<readonly BudgetReservation[]>
  /**
   * What is used and reserved in the window that holds `atMs`, of one tenant's rules: one row for each
   * subject that has something, in the order of the rules' ids, and of one rule those with most first.
   */
  usage(query: BudgetUsageQuery, options?: CallOptions): Promise<readonly BudgetUsage[]>
}
