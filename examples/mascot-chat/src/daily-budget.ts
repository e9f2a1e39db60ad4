import type { Router } from '@imrs/router'

import type { Settings } from './environment.ts'

/** The name of the budget: that of the variable it comes from. */
const BUDGET_ID = 'IMRS_BUDGET_USD_PER_DAY'

/** Sets the budget that the environment names; without one, removes what an earlier start has set. */
export async function applyDailyBudget(
  { budgets }: Pick<Router, 'budgets'>,
  { budgetUsdPerDay }: Pick<Settings, 'budgetUsdPerDay'>,
): Promise<void> {
  const by = 'environment'
  if (budgetUsdPerDay !== undefined) {
    const limit = budgetUsdPerDay
    await budgets.set({ id: BUDGET_ID, scope: 'tenant', unit: 'usd', period: 'day', limit, by })
  } else if ((await budgets.list()).some(({ id }) => id === BUDGET_ID)) {
    await budgets.remove({ id: BUDGET_ID, by })
  }
}
