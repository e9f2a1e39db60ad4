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
      /** The rule that refused. */
      readonly ruleId: string
      readonly remaining: number
      /** When its window ends, epoch milliseconds. */
      readonly resetsAtMs: number
    }

export interface BudgetReserveRequest {
  /** The id of the attempt; the same id twice reserves once. */
  readonly id: string
  readonly tenantId: string
  readonly charges: readonly BudgetCharge[]
  readonly atMs: number
  /** When nobody can be expected to settle it any more, epoch milliseconds. */
  readonly expiresAtMs: number
}

/** Limits on requests, tokens and money, and what was used of them. Exact across processes. */
export interface BudgetRepository {
  /** Writes the rule; the key is (tenant, id). Raises the topic of budgets. What was used is kept. */
  put(rule: BudgetRule, options?: AuditedOptions): Promise<void>
  /** Removes the rule and what was counted for it. `false` when there was none. */
  delete(
    key: { readonly tenantId: string; readonly ruleId: string; readonly atMs: number },
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
   * exceed a limit by a reservation.
   */
  reserve(request: BudgetReserveRequest, options?: CallOptions): Promise<BudgetOutcome>
  /** Gives a reservation back unused, for a call that was not made. Idempotent. */
  release(
    key: { readonly tenantId: string; readonly reservationId: string },
    options?: CallOptions,
  ): Promise<void>
  /**
   * Settles reservations that expired by `atMs`, at what they reserved: nobody knows what those calls
   * used. Gives them, each to one caller only, `limit` at most.
   */
  expire(
    given: { readonly atMs: number; readonly limit: number },
    options?: CallOptions,
  ): Promise<readonly BudgetReservation[]>
  /** What is used and reserved in the window that holds `atMs`, of one tenant's rules, one row for each subject that used something. */
  usage(
    query: {
      readonly tenantId: string
      readonly atMs: number
      readonly scope?: BudgetScope | undefined
      /** Default: 100. */
      readonly limit?: number | undefined
    },
    options?: CallOptions,
  ): Promise<readonly BudgetUsage[]>
}
