import type { BudgetCharge, BudgetSettlement } from '@imrs/core'
import { budgetWindow } from '@imrs/core'

import { amountOf } from './budget-amounts.ts'
import type { HoldingRule } from './budget-rules.ts'
import type { ActualUse, BudgetedCall } from './budgeted-call.ts'

/** A rule, and what a call takes of it. */
export interface Charged extends HoldingRule {
  readonly charge: BudgetCharge
}

/** A rule that no window of its own could hold the call in. */
export interface Unbearable extends HoldingRule {
  /** Above the limit; `undefined` when nobody knows. */
  readonly amount: number | undefined
  readonly resetsAtMs: number
}

export interface Charges {
  /** Without what takes nothing: that fits into a budget of which nothing is left. */
  readonly charged: readonly Charged[]
  readonly unbearable: Unbearable | undefined
}

/** What a call takes of the rules that hold it. */
export function chargesOf(call: BudgetedCall, holding: readonly HoldingRule[]): Charges {
  const charged: Charged[] = []
  for (const { rule, subject } of holding) {
    const { startMs: windowStartMs, endMs: windowEndMs } = budgetWindow(rule.period, call.atMs)
    const { id: ruleId, limit, unit } = rule
    const amount = amountOf(unit, call)
    if (amount === undefined || amount > limit) {
      return { charged, unbearable: { rule, subject, amount, resetsAtMs: windowEndMs } }
    }
    if (amount === 0) continue
    const charge = { ruleId, subject, windowStartMs, windowEndMs, limit, amount }
    charged.push({ rule, subject, charge })
  }
  return { charged, unbearable: undefined }
}

/** What a call used, by rule. What is not known is left out: it counts as it was reserved. */
export function actualOf(
  charged: readonly Charged[],
  { tokens, nanoUsd }: ActualUse,
): BudgetSettlement['actual'] {
  const amounts = { requests: 1, tokens, 'nano-usd': nanoUsd }
  return charged.flatMap(({ rule }) => {
    const amount = amounts[rule.unit]
    return amount === undefined ? [] : [{ ruleId: rule.id, amount }]
  })
}
