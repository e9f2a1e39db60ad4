import type { BudgetCharge, BudgetHold, BudgetReserveRequest, BudgetRule } from '@imrs/core'

import type { BudgetReservationRow, BudgetRow, BudgetWindowRow } from '../schema/database.ts'
import { fromTime, toTime } from './columns.ts'

/** How many times its own length a window is kept after its end, for whoever looks back. */
const KEPT_WINDOWS = 2

export function toBudgetRow(rule: BudgetRule): BudgetRow {
  return {
    tenant_id: rule.tenantId,
    id: rule.id,
    scope: rule.scope,
    subject: rule.subject,
    unit: rule.unit,
    period: rule.period,
    limit_amount: rule.limit,
    created_at: toTime(rule.createdAtMs),
    updated_at: toTime(rule.updatedAtMs),
  }
}

export function fromBudgetRow(row: BudgetRow): BudgetRule {
  return {
    tenantId: row.tenant_id,
    id: row.id,
    scope: row.scope,
    subject: row.subject,
    unit: row.unit,
    period: row.period,
    limit: row.limit_amount,
    createdAtMs: fromTime(row.created_at),
    updatedAtMs: fromTime(row.updated_at),
  }
}

/** The window a charge begins, should there be none yet. */
export function toWindowRow(tenantId: string, charge: BudgetCharge): BudgetWindowRow {
  const { ruleId, subject, windowStartMs, windowEndMs, amount } = charge
  return {
    tenant_id: tenantId,
    rule_id: ruleId,
    subject,
    window_start: toTime(windowStartMs),
    used: 0,
    assumed: 0,
    reserved: amount,
    kept_until: toTime(windowEndMs + KEPT_WINDOWS * (windowEndMs - windowStartMs)),
  }
}

export function toReservationRow(
  { id, tenantId, expiresAtMs }: BudgetReserveRequest,
  { ruleId, subject, windowStartMs, amount }: BudgetHold,
): BudgetReservationRow {
  return {
    tenant_id: tenantId,
    id,
    rule_id: ruleId,
    subject,
    window_start: toTime(windowStartMs),
    amount,
    expires_at: toTime(expiresAtMs),
  }
}

export function toHold(row: BudgetReservationRow): BudgetHold {
  return {
    ruleId: row.rule_id,
    subject: row.subject,
    windowStartMs: fromTime(row.window_start),
    amount: row.amount,
  }
}
