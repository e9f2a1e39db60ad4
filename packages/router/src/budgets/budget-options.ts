import { ConfigError } from '@imrs/core'

import type { WhenBudgetsUnavailable } from './budget-keeper.ts'

export interface BudgetOptions {
  /**
   * What becomes of a call that a budget holds while the store cannot be asked: it is refused, or
   * made and not counted. Calls that no budget holds are made in any case. Default: `'refuse'`.
   */
  readonly whenUnavailable?: WhenBudgetsUnavailable | undefined
}

export interface ResolvedBudgetOptions {
  readonly whenUnavailable: WhenBudgetsUnavailable
}

/** @throws ConfigError that names the option, the rule and the value. */
export function resolveBudgetOptions({
  whenUnavailable = 'refuse',
}: BudgetOptions): ResolvedBudgetOptions {
  if (whenUnavailable === 'refuse' || whenUnavailable === 'allow') return { whenUnavailable }
  const value: string = JSON.stringify(whenUnavailable)
  throw new ConfigError(`\`budgets.whenUnavailable\` must be "refuse" or "allow", got ${value}`)
}
