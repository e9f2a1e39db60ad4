import type { BudgetRule, BudgetUsage, CallOptions, Runtime, Store } from '@imrs/core'
import { DEFAULT_TENANT_ID, EACH_SUBJECT, ImrsError, assertHostId, budgetWindow } from '@imrs/core'

import type {
  Budget,
  BudgetApi,
  BudgetKey,
  BudgetStatus,
  BudgetStatusQuery,
  RemoveBudget,
  SetBudget,
} from './budget-api.ts'
import { fromStoredAmount, toBudget, toBudgetRule } from './budget-input.ts'

export interface BudgetsOptions {
  readonly store: Pick<Store, 'budgets'>
  readonly runtime: Pick<Runtime, 'now'>
  /** Called after a change was stored, which is in force here when it resolves. Never rejects. */
  readonly onChange: () => Promise<void>
}

const DEFAULT_LIMIT = 100

export function createBudgets(options: BudgetsOptions): BudgetApi {
  return {
    set: (budget, call) => set(options, budget, call),
    remove: (budget, call) => remove(options, budget, call),
    list: async ({ tenantId = DEFAULT_TENANT_ID } = {}, call) => {
      assertHostId('tenantId', tenantId)
      return (await options.store.budgets.list({ tenantId }, call)).map(toBudget)
    },
    usage: (query, call) => usage(options, query ?? {}, call),
  }
}

async function set(
  { store, runtime, onChange }: BudgetsOptions,
  given: SetBudget,
  call?: CallOptions,
): Promise<Budget> {
  const atMs = runtime.now()
  const rule = toBudgetRule(given, atMs)
  await store.budgets.put(rule, { ...call, audit: { by: given.by, atMs } })
  await onChange()
  const stored = await store.budgets.list({ tenantId: rule.tenantId }, call)
  // Somebody else may have removed it again.
  return toBudget(stored.find(({ id }) => id === rule.id) ?? rule)
}

async function remove(
  { store, runtime, onChange }: BudgetsOptions,
  { by, ...key }: RemoveBudget,
  call?: CallOptions,
): Promise<void> {
  const { tenantId, id: ruleId } = toKey(key)
  const audit = { by, atMs: runtime.now() }
  if (!(await store.budgets.delete({ tenantId, ruleId }, { ...call, audit }))) {
    throw new ImrsError('not-found', `There is no budget ${JSON.stringify(ruleId)}.`)
  }
  await onChange()
}

async function usage(
  { store, runtime }: BudgetsOptions,
  { tenantId = DEFAULT_TENANT_ID, id: ruleId, scope, limit = DEFAULT_LIMIT }: BudgetStatusQuery,
  call?: CallOptions,
): Promise<readonly BudgetStatus[]> {
  assertHostId('tenantId', tenantId)
  const atMs = runtime.now()
  const counted = await store.budgets.usage({ tenantId, atMs, scope, ruleId, limit }, call)
  const rules = await store.budgets.list({ tenantId }, call)
  const isAsked = (rule: BudgetRule): boolean =>
    rule.id === (ruleId ?? rule.id) && rule.scope === (scope ?? rule.scope)
  const unused = rules.filter(isAsked).filter((rule) => isUnused(rule, counted))
  const rows = [...counted, ...unused.map((rule) => unusedRow(rule, atMs))]
  return rows
    .sort((left, right) => compare(left.rule.id, right.rule.id))
    .slice(0, limit)
    .map(toStatus)
}

/** A rule whose rows were cut off comes behind those there are, and is cut off as well. */
function isUnused({ id, subject }: BudgetRule, counted: readonly BudgetUsage[]): boolean {
  return (
    subject !== EACH_SUBJECT &&
    !counted.some((row) => row.rule.id === id && row.subject === subject)
  )
}

function unusedRow(rule: BudgetRule, atMs: number): BudgetUsage {
  const { startMs: windowStartMs, endMs: windowEndMs } = budgetWindow(rule.period, atMs)
  const { subject } = rule
  return { rule, subject, windowStartMs, windowEndMs, used: 0, assumed: 0, reserved: 0 }
}

function toStatus({ rule, used, assumed, reserved, ...window }: BudgetUsage): BudgetStatus {
  const inUnit = (amount: number): number => fromStoredAmount(rule.unit, amount)
  return {
    budget: toBudget(rule),
    ...window,
    used: inUnit(used),
    assumed: inUnit(assumed),
    reserved: inUnit(reserved),
    remaining: inUnit(Math.max(0, rule.limit - used - reserved)),
  }
}

function toKey({ tenantId = DEFAULT_TENANT_ID, id }: BudgetKey): {
  readonly tenantId: string
  readonly id: string
} {
  assertHostId('tenantId', tenantId)
  assertHostId('id', id)
  return { tenantId, id }
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
