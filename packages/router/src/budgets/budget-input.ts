import type { BudgetRule, BudgetScope, BudgetUnit } from '@imrs/core'
import {
  BUDGET_PERIODS,
  BUDGET_SCOPES,
  DEFAULT_TENANT_ID,
  EACH_SUBJECT,
  ImrsError,
  MODEL_ID_MAX_LENGTH,
  assertHostId,
  fromNanoUsd,
  isProviderId,
  parseModelId,
  toNanoUsd,
} from '@imrs/core'

import { BUDGET_LIMIT_UNITS } from './budget-api.ts'
import type { Budget, BudgetLimitUnit, SetBudget } from './budget-api.ts'

/** A limit of the API as it is stored. @throws ImrsError `invalid-request` that names the field, the rule and the value. */
export function toBudgetRule(given: SetBudget, atMs: number): BudgetRule {
  const { tenantId = DEFAULT_TENANT_ID, id, scope, unit, period, limit } = given
  assertHostId('tenantId', tenantId)
  assertHostId('id', id)
  assertOneOf('scope', scope, BUDGET_SCOPES)
  assertOneOf('unit', unit, BUDGET_LIMIT_UNITS)
  assertOneOf('period', period, BUDGET_PERIODS)
  return {
    tenantId,
    id,
    scope,
    subject: subjectOf(scope, given.subject, tenantId),
    unit: unit === 'usd' ? 'nano-usd' : unit,
    period,
    limit: unit === 'usd' ? dollarsOf(limit) : countOf(limit),
    createdAtMs: atMs,
    updatedAtMs: atMs,
  }
}

export function toBudget({ unit, limit, ...rule }: BudgetRule): Budget {
  return { ...rule, unit: toLimitUnit(unit), limit: fromStoredAmount(unit, limit) }
}

/** Dollars for nano-dollars; requests and tokens as they are. */
export function fromStoredAmount(unit: BudgetUnit, amount: number): number {
  return unit === 'nano-usd' ? fromNanoUsd(amount) : amount
}

function toLimitUnit(unit: BudgetUnit): BudgetLimitUnit {
  return unit === 'nano-usd' ? 'usd' : unit
}

function assertOneOf(field: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw wrong(field, `one of ${allowed.join(', ')}`, value)
}

function subjectOf(scope: BudgetScope, subject: string | undefined, tenantId: string): string {
  if (scope === 'tenant') {
    if (subject === undefined || subject === tenantId) return tenantId
    throw wrong('subject', 'left out, or the tenant, where the scope is the tenant', subject)
  }
  if (subject === undefined || subject === EACH_SUBJECT) return EACH_SUBJECT
  if (scope === 'provider' && !isProviderId(subject)) {
    throw wrong('subject', 'the id of a provider, such as "openai"', subject)
  }
  if (scope === 'model' && !isModelId(subject)) {
    throw wrong('subject', 'the id of a model, such as "openai/gpt-4o"', subject)
  }
  if (scope === 'agent' || scope === 'user') assertHostId('subject', subject)
  return subject
}

function isModelId(text: string): boolean {
  const parts = parseModelId(text)
  return parts !== undefined && isProviderId(parts.providerId) && text.length <= MODEL_ID_MAX_LENGTH
}

function countOf(limit: number | string): number {
  if (typeof limit === 'number' && Number.isSafeInteger(limit) && limit >= 0) return limit
  throw wrong('limit', 'a whole number from 0 on', limit)
}

const DOLLARS = /^\d+(\.\d{1,9})?$/

function dollarsOf(limit: number | string): number {
  const isDollars =
    typeof limit === 'string' ? DOLLARS.test(limit) : Number.isFinite(limit) && limit >= 0
  const nanoUsd = isDollars ? toNanoUsd(limit) : Number.NaN
  // A limit that is rounded to nothing would be another one than was meant.
  const isLost = nanoUsd === 0 && Number(limit) > 0
  if (Number.isSafeInteger(nanoUsd) && !isLost) return nanoUsd
  const rule = 'dollars from 0 to 9,000,000 with nine digits behind the point at most'
  throw wrong('limit', rule, limit)
}

function wrong(field: string, rule: string, value: unknown): ImrsError {
  const message = `\`${field}\` must be ${rule}, got ${JSON.stringify(value)}`
  return new ImrsError('invalid-request', message, { field })
}
