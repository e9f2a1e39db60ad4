import { BUDGETS_TOPIC, budgetWindow } from '@imrs/core'
import type {
  AuditedOptions,
  BudgetCharge,
  BudgetOutcome,
  BudgetRepository,
  BudgetReservation,
  BudgetReserveRequest,
  BudgetRule,
  BudgetSettlement,
  BudgetUsage,
  BudgetUsageQuery,
} from '@imrs/core'

import { assertCount } from './assert-count.ts'
import { frozenCopy } from './frozen-copy.ts'
import { audit, begin, keyOf, raiseVersion, toDetails } from './memory-data.ts'
import type { BudgetCounts, MemoryData } from './memory-data.ts'
import { compareText, sortedBy } from './text-order.ts'

const MAX_LIMIT = 1_000

export function memoryBudgets(data: MemoryData): BudgetRepository {
  return {
    put: async (rule, options) => {
      begin(data, options)
      put(data, frozenCopy(rule), options?.audit)
    },
    delete: async ({ tenantId, ruleId }, options) => {
      begin(data, options)
      if (!data.budgets.delete(keyOf(tenantId, ruleId))) return false
      forgetCounts(data, { tenantId, ruleId })
      auditOf(data, { tenantId, ruleId, action: 'budget-deleted', details: { ruleId } }, options)
      raiseVersion(data, BUDGETS_TOPIC)
      return true
    },
    list: async ({ tenantId } = {}, options) => {
      begin(data, options)
      const own = [...data.budgets.values()].filter(
        (rule) => rule.tenantId === (tenantId ?? rule.tenantId),
      )
      return sortedBy(own, (rule) => `${rule.tenantId}\0${rule.id}`)
    },
    reserve: async (request, options) => {
      begin(data, options)
      return reserve(data, request)
    },
    release: async ({ tenantId, reservationId }, options) => {
      begin(data, options)
      const reservation = takeAway(data, tenantId, reservationId)
      if (reservation !== undefined) move(data, reservation, () => ({ used: 0, assumed: 0 }))
    },
    expire: async ({ atMs, limit }, options) => {
      begin(data, options)
      assertCount('limit', limit, MAX_LIMIT)
      return expire(data, atMs, limit)
    },
    usage: async (query, options) => {
      begin(data, options)
      assertCount('limit', query.limit ?? 100, MAX_LIMIT)
      return usage(data, query)
    },
  }
}

interface RuleKey {
  readonly tenantId: string
  readonly ruleId: string
}

function put(data: MemoryData, rule: BudgetRule, given: AuditedOptions['audit']): void {
  const { tenantId, id: ruleId, scope, subject, unit, period, limit } = rule
  const key = keyOf(tenantId, ruleId)
  const before = data.budgets.get(key)
  data.budgets.set(
    key,
    frozenCopy({ ...rule, createdAtMs: before?.createdAtMs ?? rule.createdAtMs }),
  )
  const countsTheSame = before?.scope === scope && before.unit === unit && before.period === period
  if (!countsTheSame) forgetCounts(data, { tenantId, ruleId })
  const details = { scope, subject, unit, period, limit }
  auditOf(data, { tenantId, ruleId, action: 'budget-put', details }, { audit: given })
  raiseVersion(data, BUDGETS_TOPIC)
}

function forgetCounts(data: MemoryData, { tenantId, ruleId }: RuleKey): void {
  for (const [key, counts] of data.budgetCounts) {
    if (counts.tenantId === tenantId && counts.ruleId === ruleId) data.budgetCounts.delete(key)
  }
  for (const [key, reservation] of data.reservations) {
    if (reservation.tenantId !== tenantId) continue
    const holds = reservation.holds.filter((hold) => hold.ruleId !== ruleId)
    if (holds.length === 0) data.reservations.delete(key)
    else data.reservations.set(key, frozenCopy({ ...reservation, holds }))
  }
}

interface RuleChange extends RuleKey {
  readonly action: string
  readonly details: object
}

function auditOf(
  data: MemoryData,
  { tenantId, ruleId: subject, action, details }: RuleChange,
  options: AuditedOptions | undefined,
): void {
  if (options?.audit === undefined) return
  const { by: actor, atMs } = options.audit
  audit(data, { tenantId, action, subject, actor, details: toDetails(details), atMs })
}

function reserve(data: MemoryData, request: BudgetReserveRequest): BudgetOutcome {
  const { id, tenantId, expiresAtMs } = request
  const key = keyOf(tenantId, id)
  const charges = sortedBy(request.charges, (charge) => charge.ruleId)
  if (charges.length === 0 || data.reservations.has(key)) return { kind: 'reserved' }
  for (const { ruleId, limit, amount, windowEndMs: resetsAtMs, ...rest } of charges) {
    const counts = data.budgetCounts.get(countsKey(tenantId, { ruleId, ...rest }))
    const { used, reserved } = counts ?? { used: 0, reserved: 0 }
    if (used + reserved + amount > limit)
      return { kind: 'refused', ruleId, used, reserved, resetsAtMs }
  }
  for (const charge of charges) addReserved(data, tenantId, charge)
  const holds = charges.map(({ windowEndMs: _end, limit: _limit, ...hold }) => hold)
  data.reservations.set(key, frozenCopy({ id, tenantId, holds, expiresAtMs }))
  return { kind: 'reserved' }
}

type WindowKey = Pick<BudgetCharge, 'ruleId' | 'subject' | 'windowStartMs'>

function countsKey(tenantId: string, { ruleId, subject, windowStartMs }: WindowKey): string {
  return keyOf(tenantId, ruleId, subject, String(windowStartMs))
}

function addReserved(data: MemoryData, tenantId: string, charge: BudgetCharge): void {
  const { ruleId, subject, windowStartMs, windowEndMs, amount } = charge
  const key = countsKey(tenantId, charge)
  const empty: BudgetCounts = {
    tenantId,
    ruleId,
    subject,
    windowStartMs,
    keptUntilMs: windowEndMs + 2 * (windowEndMs - windowStartMs),
    used: 0,
    assumed: 0,
    reserved: 0,
  }
  const counts = data.budgetCounts.get(key) ?? empty
  data.budgetCounts.set(key, frozenCopy({ ...counts, reserved: counts.reserved + amount }))
}

/** What the reservation held is no longer held, and `actual` of each hold is used. */
function move(
  data: MemoryData,
  { tenantId, holds }: BudgetReservation,
  actual: (hold: BudgetReservation['holds'][number]) => Pick<BudgetCounts, 'used' | 'assumed'>,
): void {
  for (const hold of holds) {
    const key = countsKey(tenantId, hold)
    const counts = data.budgetCounts.get(key)
    if (counts === undefined) continue
    const { used, assumed } = actual(hold)
    const moved = {
      reserved: Math.max(0, counts.reserved - hold.amount),
      used: counts.used + used,
      assumed: counts.assumed + assumed,
    }
    data.budgetCounts.set(key, frozenCopy({ ...counts, ...moved }))
  }
}

function takeAway(data: MemoryData, tenantId: string, id: string): BudgetReservation | undefined {
  const key = keyOf(tenantId, id)
  const reservation = data.reservations.get(key)
  data.reservations.delete(key)
  return reservation
}

/** Puts what calls really used in the place of what they reserved. */
export function settleReservations(
  data: MemoryData,
  settlements: readonly BudgetSettlement[],
): void {
  for (const { tenantId, reservationId, actual } of settlements) {
    const reservation = takeAway(data, tenantId, reservationId)
    if (reservation === undefined) continue
    move(data, reservation, (hold) => {
      const named = actual.find(({ ruleId }) => ruleId === hold.ruleId)
      return { used: named?.amount ?? hold.amount, assumed: 0 }
    })
  }
}

function expire(data: MemoryData, atMs: number, limit: number): readonly BudgetReservation[] {
  const expired = [...data.reservations.values()]
    .filter(({ expiresAtMs }) => expiresAtMs <= atMs)
    .sort(
      (left, right) =>
        left.expiresAtMs - right.expiresAtMs ||
        compareText(left.tenantId, right.tenantId) ||
        compareText(left.id, right.id),
    )
    .slice(0, limit)
  for (const reservation of expired) {
    takeAway(data, reservation.tenantId, reservation.id)
    move(data, reservation, ({ amount }) => ({ used: amount, assumed: amount }))
  }
  for (const [key, { keptUntilMs, reserved }] of data.budgetCounts) {
    if (keptUntilMs <= atMs && reserved === 0) data.budgetCounts.delete(key)
  }
  return expired
}

function usage(
  data: MemoryData,
  { tenantId, atMs, scope, ruleId, limit = 100 }: BudgetUsageQuery,
): readonly BudgetUsage[] {
  const rows = [...data.budgetCounts.values()].flatMap((counts): BudgetUsage[] => {
    const rule = data.budgets.get(keyOf(counts.tenantId, counts.ruleId))
    if (rule === undefined || counts.tenantId !== tenantId) return []
    const { startMs, endMs: windowEndMs } = budgetWindow(rule.period, atMs)
    const { subject, windowStartMs, used, assumed, reserved } = counts
    const isAsked = rule.scope === (scope ?? rule.scope) && rule.id === (ruleId ?? rule.id)
    if (!isAsked || windowStartMs !== startMs || used + reserved === 0) return []
    return [{ rule, subject, windowStartMs, windowEndMs, used, assumed, reserved }]
  })
  const order = (left: BudgetUsage, right: BudgetUsage): number =>
    compareText(left.rule.id, right.rule.id) ||
    right.used + right.reserved - (left.used + left.reserved) ||
    compareText(left.subject, right.subject)
  return rows.sort(order).slice(0, limit)
}
