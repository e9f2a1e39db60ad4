import { budgetWindow } from '@imrs/core'
import type {
  BudgetCharge,
  BudgetOutcome,
  BudgetReserveRequest,
  BudgetRule,
  BudgetUsage,
  Store,
} from '@imrs/core'

import { AT, newId } from './samples.ts'

export const TENANT = 'tenant-1'
const DAY = budgetWindow('day', AT)
export const EXPIRES: number = AT + 600_000

/** 1,000 tokens a day for the whole tenant. */
export function rule(changes: Partial<BudgetRule> = {}): BudgetRule {
  return {
    tenantId: TENANT,
    id: 'r',
    scope: 'tenant',
    subject: TENANT,
    unit: 'tokens',
    period: 'day',
    limit: 1_000,
    createdAtMs: AT,
    updatedAtMs: AT,
    ...changes,
  }
}

/** 100 of the 1,000 units of that rule, today. */
export function charge(changes: Partial<BudgetCharge> = {}): BudgetCharge {
  return {
    ruleId: 'r',
    subject: TENANT,
    windowStartMs: DAY.startMs,
    windowEndMs: DAY.endMs,
    limit: 1_000,
    amount: 100,
    ...changes,
  }
}

export interface Reserve extends Partial<Omit<BudgetReserveRequest, 'charges'>> {
  readonly charges?: readonly Partial<BudgetCharge>[] | undefined
}

export function reserve(
  store: Store,
  { charges = [{}], ...given }: Reserve = {},
): Promise<BudgetOutcome> {
  const request = { id: newId(), tenantId: TENANT, expiresAtMs: EXPIRES, ...given }
  return store.budgets.reserve({ ...request, charges: charges.map(charge) })
}

/** As a batch of the ledger does it. */
export async function settle(
  store: Store,
  reservationId: string,
  actual: Readonly<Record<string, number>> = {},
): Promise<void> {
  const amounts = Object.entries(actual).map(([ruleId, amount]) => ({ ruleId, amount }))
  const settlements = [{ tenantId: TENANT, reservationId, actual: amounts }]
  await store.ledger.append({ decisions: [], attempts: [], messages: [], settlements })
}

/** What is counted of the rule today, as `used + reserved`, `0 + 0` when nothing is. */
export async function counted(store: Store, ruleId = 'r', atMs: number = AT): Promise<string> {
  const [usage] = await usageOf(store, ruleId, atMs)
  return `${usage?.used ?? 0} + ${usage?.reserved ?? 0}`
}

export function usageOf(
  store: Store,
  ruleId = 'r',
  atMs: number = AT,
): Promise<readonly BudgetUsage[]> {
  return store.budgets.usage({ tenantId: TENANT, atMs, ruleId })
}
