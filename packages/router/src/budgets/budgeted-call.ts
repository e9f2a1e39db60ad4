import type { BudgetSettlement, Model, ProviderFailure } from '@imrs/core'

/** Who asks. */
export interface BudgetPayer {
  readonly tenantId: string
  readonly agentId: string
  /** Without a user no rule for users holds. */
  readonly userId?: string | undefined
}

/** How large a call of one model is. */
export interface CallSize {
  readonly model: Model
  /** An estimate of the prompt's. */
  readonly inputTokens: number
  /** What the model would be asked for without a budget. */
  readonly maxOutputTokens?: number | undefined
}

/** A call about to be made. */
export interface BudgetedCall extends BudgetPayer, CallSize {
  /** One for each call, repetitions and hedges included. */
  readonly attemptId: string
  /** When it begins, epoch milliseconds; decides the windows it counts in. */
  readonly atMs: number
}

/** What a call really used; what is left out is not known and counts as it was reserved. */
export interface ActualUse {
  /** In and out together. */
  readonly tokens?: number | undefined
  readonly nanoUsd?: number | undefined
}

/** Nothing holds the call: make it as it is, and settle nothing. */
export interface FreeCall {
  readonly kind: 'free'
}

/** Set aside for one call. To be settled or released, once; whoever does neither has it counted in full. */
export interface ReservedCall {
  readonly kind: 'reserved'
  /**
   * What the model must be asked for at most, in place of what the request said: an answer within it
   * costs no more than was reserved. As the call had it when only requests are counted.
   */
  readonly maxOutputTokens: number | undefined
  /** For `LedgerBatch.settlements`, in the batch of the attempt's own row. Pure; writes nothing. */
  toSettlement(actual: ActualUse): BudgetSettlement
  /** Gives it back, for a call that was not made after all. Never rejects: what fails expires. */
  release(): Promise<void>
}

/** The call must not be made. */
export interface RefusedCall {
  readonly kind: 'refused'
  /** Of kind `budget-exhausted`. */
  readonly failure: ProviderFailure
}

export type BudgetVerdict = FreeCall | ReservedCall | RefusedCall
