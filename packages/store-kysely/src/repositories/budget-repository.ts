import { BUDGETS_TOPIC, BUDGET_PERIODS, budgetWindow } from '@imrs/core'
import type {
  AuditedOptions,
  BudgetRepository,
  BudgetRule,
  BudgetUsage,
  BudgetUsageQuery,
} from '@imrs/core'

import { fromBudgetRow, toBudgetRow } from '../rows/budget-row.ts'
import { toTime } from '../rows/columns.ts'
import { assertCount } from '../session/assert-count.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'
import { expireReservations, releaseReservation, reserve } from './budget-reservations.ts'

const KEY = ['tenant_id', 'id'] as const
const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

export function budgetRepository(session: StoreSession): BudgetRepository {
  return {
    put: (rule, options) => session.write((work) => put(work, rule, options?.audit), options),
    delete: (key, options) => session.write((work) => remove(work, key, options?.audit), options),
    list: ({ tenantId } = {}, options) =>
      session.read(async ({ database }) => {
        const all = database.selectFrom('budgets').selectAll()
        const chosen = tenantId === undefined ? all : all.where('tenant_id', '=', tenantId)
        const rows = await chosen.orderBy('tenant_id').orderBy('id').execute()
        return rows.map(fromBudgetRow)
      }, options),
    reserve: (request, options) => reserve(session, request, options),
    release: (key, options) => session.write((work) => releaseReservation(work, key), options),
    expire: async (given, options) => {
      assertCount('limit', given.limit, MAX_LIMIT)
      return session.write((work) => expireReservations(work, given), options)
    },
    usage: async (query, options) => {
      assertCount('limit', query.limit ?? DEFAULT_LIMIT, MAX_LIMIT)
      return session.read((work) => usage(work, query), options)
    },
  }
}

interface RuleKey {
  readonly tenantId: string
  readonly ruleId: string
}

async function put(
  work: StoreWork,
  rule: BudgetRule,
  audit: AuditedOptions['audit'],
): Promise<void> {
  const { database, traits } = work
  const { tenantId, id: ruleId, scope, subject, unit, period, limit } = rule
  const stored = database
    .selectFrom('budgets')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', ruleId)
  const before = await (traits.supportsRowLocks ? stored.forUpdate() : stored).executeTakeFirst()
  const row = toBudgetRow(rule)
  await database
    .insertInto('budgets')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(KEY).doUpdateSet(excluded(columnsBut(row, [...KEY, 'created_at']))),
    )
    .execute()
  const countsTheSame = before?.scope === scope && before.unit === unit && before.period === period
  if (!countsTheSame) await forgetCounts(work, { tenantId, ruleId })
  const details = { scope, subject, unit, period, limit }
  await writeAuditOf(work, { tenantId, ruleId, action: 'budget-put', details }, audit)
  await raiseVersions(database, [BUDGETS_TOPIC])
}

async function remove(
  work: StoreWork,
  { tenantId, ruleId }: RuleKey,
  audit: AuditedOptions['audit'],
): Promise<boolean> {
  const { database } = work
  const deleted = await database
    .deleteFrom('budgets')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', ruleId)
    .returning('id')
    .execute()
  if (deleted.length === 0) return false
  await forgetCounts(work, { tenantId, ruleId })
  const change = { tenantId, ruleId, action: 'budget-deleted', details: { ruleId } }
  await writeAuditOf(work, change, audit)
  await raiseVersions(database, [BUDGETS_TOPIC])
  return true
}

/**
 * Windows first: a reservation that another process makes meanwhile holds its window until it is
 * committed, and then both of its rows are seen, or it begins a new window after this, with both.
 */
async function forgetCounts({ database }: StoreWork, { tenantId, ruleId }: RuleKey): Promise<void> {
  for (const table of ['budget_windows', 'budget_reservations'] as const) {
    await database
      .deleteFrom(table)
      .where('tenant_id', '=', tenantId)
      .where('rule_id', '=', ruleId)
      .execute()
  }
}

interface RuleChange extends RuleKey {
  readonly action: string
  readonly details: object
}

async function writeAuditOf(
  work: StoreWork,
  { tenantId, ruleId: subject, action, details }: RuleChange,
  audit: AuditedOptions['audit'],
): Promise<void> {
  if (audit === undefined) return
  const { by: actor, atMs } = audit
  await writeAudit(work, [{ tenantId, action, subject, actor, details, atMs }])
}

async function usage(
  { database }: StoreWork,
  { tenantId, atMs, scope, ruleId, limit = DEFAULT_LIMIT }: BudgetUsageQuery,
): Promise<readonly BudgetUsage[]> {
  let query = database
    .selectFrom('budget_windows as w')
    .innerJoin('budgets as b', (join) =>
      join.onRef('b.tenant_id', '=', 'w.tenant_id').onRef('b.id', '=', 'w.rule_id'),
    )
    .selectAll('b')
    .select(['w.subject as counted', 'w.used', 'w.assumed', 'w.reserved'])
    .where('w.tenant_id', '=', tenantId)
    .where((expression) =>
      expression.or(
        BUDGET_PERIODS.map((period) =>
          expression.and([
            expression('b.period', '=', period),
            expression('w.window_start', '=', toTime(budgetWindow(period, atMs).startMs)),
          ]),
        ),
      ),
    )
    .where((expression) =>
      expression.or([expression('w.used', '>', 0), expression('w.reserved', '>', 0)]),
    )
  if (scope !== undefined) query = query.where('b.scope', '=', scope)
  if (ruleId !== undefined) query = query.where('b.id', '=', ruleId)
  const rows = await query
    .orderBy('b.id')
    .orderBy((expression) => expression('w.used', '+', expression.ref('w.reserved')), 'desc')
    .orderBy('w.subject')
    .limit(limit)
    .execute()
  return rows.map(({ counted, used, assumed, reserved, ...rule }) => {
    const { startMs: windowStartMs, endMs: windowEndMs } = budgetWindow(rule.period, atMs)
    const window = { windowStartMs, windowEndMs }
    return { rule: fromBudgetRow(rule), subject: counted, ...window, used, assumed, reserved }
  })
}
