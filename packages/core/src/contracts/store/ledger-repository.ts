import type { BudgetSettlement } from '../../domain/budget.ts'
import type { Decision } from '../../domain/decision.ts'
import type { Attempt, MessageRecord } from '../../domain/ledger.ts'
import type { CallOptions } from '../call-options.ts'

/** What happened, ready to be written together. */
export interface LedgerBatch {
  readonly decisions: readonly Decision[]
  readonly attempts: readonly Attempt[]
  readonly messages: readonly MessageRecord[]
  /** What reserved calls really used, in the transaction of the rows that say so. */
  readonly settlements?: readonly BudgetSettlement[] | undefined
}

/** Decisions, attempts and answers. Reads see the given tenant only. */
export interface LedgerRepository {
  /**
   * Writes the batch in one transaction. Idempotent by id: a row that is there stays as it is, and a
   * reservation that is no more (settled, released or expired) changes nothing.
   */
  append(batch: LedgerBatch, options?: CallOptions): Promise<void>
  getDecision(
    key: { readonly tenantId: string; readonly decisionId: string },
    options?: CallOptions,
  ): Promise<Decision | undefined>
  getMessage(
    key: { readonly tenantId: string; readonly messageId: string },
    options?: CallOptions,
  ): Promise<MessageRecord | undefined>
  /** The calls made for a message, in the order they were made. */
  listAttempts(
    key: { readonly tenantId: string; readonly messageId: string },
    options?: CallOptions,
  ): Promise<readonly Attempt[]>
}
