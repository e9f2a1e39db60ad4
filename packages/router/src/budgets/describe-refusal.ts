import type { BudgetRule, BudgetUnit, Model } from '@imrs/core'
import { fromNanoUsd } from '@imrs/core'

/** What a budget refused, and why. */
export interface RefusedCharge {
  readonly rule: BudgetRule
  readonly model: Model
  /** What the call may take; `undefined` when nobody knows. */
  readonly amount: number | undefined
  readonly used: number
  /** By calls that run. */
  readonly reserved: number
  readonly resetsAtMs: number
}

/** Which budget refused a call, why, and from when on it will not. For people; names no user. */
export function describeRefusal(charge: RefusedCharge): string {
  const { rule, model, amount, used, reserved, resetsAtMs } = charge
  const { id, unit, limit, period } = rule
  const money = (units: number): string => amountText(unit, units)
  const allows = `The budget "${id}" allows ${money(limit)} a ${period}${forWhom(rule, model)}`
  if (amount === undefined) {
    return `${allows}, and nobody knows what ${model.displayName} costs. Set its prices, or choose another model.`
  }
  if (amount > limit) {
    return `${allows}, and this call alone may take ${money(amount)}. Shorten it, ask for a shorter answer (\`maxOutputTokens\`), or choose a cheaper model.`
  }
  const left = Math.max(0, limit - used - reserved)
  const isLeft = `${money(left)} ${unit === 'nano-usd' || left === 1 ? 'is' : 'are'} left`
  const needs = unit === 'requests' ? '' : `, and this call may take ${money(amount)}`
  const isHeld = amount <= limit - used
  const held = isHeld ? ` Calls that are running hold ${money(reserved)}.` : ''
  const again = new Date(resetsAtMs).toISOString()
  return `${allows}; ${isLeft}${needs}.${held} It begins anew at ${again}.`
}

/** A number of units for people: `3 requests`, `1,200 tokens`, `$0.05`. */
function amountText(unit: BudgetUnit, amount: number): string {
  if (unit === 'nano-usd') return `$${dollars(amount)}`
  const count = amount.toLocaleString('en-US')
  const noun = unit === 'requests' ? 'request' : 'token'
  return `${count} ${amount === 1 ? noun : `${noun}s`}`
}

/** At least two digits behind the point, and all that count. */
function dollars(nanoUsd: number): string {
  return fromNanoUsd(nanoUsd)
    .toFixed(9)
    .replace(/0{1,7}$/, '')
}

function forWhom({ scope }: BudgetRule, model: Model): string {
  switch (scope) {
    case 'tenant':
      return ''
    case 'agent':
      return ' for this agent'
    case 'user':
      return ' for this user'
    case 'provider':
      return ` with ${model.providerId}`
    case 'model':
      return ` with ${model.displayName}`
  }
}
