import type { BudgetRule } from '@imrs/core'

/** Units of one day, for all processes together. */
export const BUDGET_LIMIT = 1_000
/** What one attempt reserves at most. */
export const LARGEST_AMOUNT = 5

export const budgetRule: BudgetRule = {
  tenantId: 't',
  id: 'daily',
  scope: 'tenant',
  subject: 't',
  unit: 'tokens',
  period: 'day',
  limit: BUDGET_LIMIT,
  createdAtMs: 0,
  updatedAtMs: 0,
}
