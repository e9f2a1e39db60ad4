import { ImrsError } from '@imrs/core'
import type {
  BudgetCharge,
  BudgetOutcome,
  BudgetReservation,
  BudgetReserveRequest,
  BudgetSettlement,
  CallOptions,
} from '@imrs/core'
import { sql } from 'kysely'
import type { SqlBool } from 'kysely'

import { toHold, toReservationRow, toWindowRow } from '../rows/budget-row.ts'
import { fromTime, toTime } from '../rows/columns.ts'
import type { BudgetReservationRow } from '../schema/database.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { WINDOW_KEY, forgetOldWindows, moveReserved } from './budget-windows.ts'
import type { WindowMove } from './budget-windows.ts'

/** Thrown to roll a transaction back that has come to this outcome. */
class RolledBack extends ImrsError {
  readonly outcome: BudgetOutcome

  constructor(outcome: BudgetOutcome) {
    super('budget-exhausted', 'A budget has too little left')
    this.outcome = outcome
  }
}

/** Takes all charges of a request or none. */
export async function reserve(
  session: StoreSession,
  request: BudgetReserveRequest,
  options: CallOptions | undefined,
): Promise<BudgetOutcome> {
  try {
    return await session.write((work) => takeAll(work, request), options)
  } catch (error) {
    if (error instanceof RolledBack) return error.outcome
    throw error
  }
}

async function takeAll(work: StoreWork, request: BudgetReserveRequest): Promise<BudgetOutcome> {
  // In one order, so that two processes that take the same rules never wait for each other.
  const charges = [...request.charges].sort((left, right) => compare(left.ruleId, right.ruleId))
  if (charges.length === 0) return { kind: 'reserved' }
  const rows = charges.map((charge) => toReservationRow(request, charge))
  const added = await work.database
    .insertInto('budget_reservations')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('rule_id')
    .execute()
  // The id has reserved already, perhaps under rules that were others then.
  if (added.length < rows.length) throw new RolledBack({ kind: 'reserved' })
  for (const charge of charges) await take(work, request.tenantId, charge)
  return { kind: 'reserved' }
}

/** One conditional statement: it begins the window or adds to it, or does nothing. */
async function take(work: StoreWork, tenantId: string, charge: BudgetCharge): Promise<void> {
  work.check()
  const [used, reserved] = [sql.ref('budget_windows.used'), sql.ref('budget_windows.reserved')]
  const all = sql`${used} + ${reserved} + ${sql.ref('excluded.reserved')}`
  if (charge.amount <= charge.limit) {
    const taken = await work.database
      .insertInto('budget_windows')
      .values(toWindowRow(tenantId, charge))
      .onConflict((conflict) =>
        conflict
          .columns(WINDOW_KEY)
          .doUpdateSet({ reserved: sql<number>`${reserved} + ${sql.ref('excluded.reserved')}` })
          .where(sql<SqlBool>`${all} <= ${charge.limit}`),
      )
      .returning('rule_id')
      .execute()
    if (taken.length > 0) return
  }
  throw new RolledBack(await refusalOf(work, tenantId, charge))
}

async function refusalOf(
  { database }: StoreWork,
  tenantId: string,
  { ruleId, subject, windowStartMs, windowEndMs: resetsAtMs }: BudgetCharge,
): Promise<BudgetOutcome> {
  const window = await database
    .selectFrom('budget_windows')
    .select(['used', 'reserved'])
    .where('tenant_id', '=', tenantId)
    .where('rule_id', '=', ruleId)
    .where('subject', '=', subject)
    .where('window_start', '=', toTime(windowStartMs))
    .executeTakeFirst()
  const { used, reserved } = window ?? { used: 0, reserved: 0 }
  return { kind: 'refused', ruleId, used, reserved, resetsAtMs }
}

export async function releaseReservation(
  work: StoreWork,
  { tenantId, reservationId }: { readonly tenantId: string; readonly reservationId: string },
): Promise<void> {
  const rows = await takeAway(work, tenantId, [reservationId])
  await moveReserved(
    work,
    rows.map((row) => ({ ...row, used: 0, assumed: 0 })),
  )
}

/** Puts what calls really used in the place of what they reserved. Part of a transaction of others. */
export async function settleReservations(
  work: StoreWork,
  settlements: readonly BudgetSettlement[],
): Promise<void> {
  const moves: WindowMove[] = []
  for (const [tenantId, own] of byTenant(settlements)) {
    // Of two for one reservation the first counts, as it would in batches of their own.
    const actual = new Map(own.toReversed().map((each) => [each.reservationId, each.actual]))
    const rows = await takeAway(work, tenantId, [...actual.keys()])
    for (const row of rows) {
      const named = actual.get(row.id)?.find(({ ruleId }) => ruleId === row.rule_id)
      moves.push({ ...row, used: named?.amount ?? row.amount, assumed: 0 })
    }
  }
  await moveReserved(work, moves)
}

export async function expireReservations(
  work: StoreWork,
  { atMs, limit }: { readonly atMs: number; readonly limit: number },
): Promise<readonly BudgetReservation[]> {
  const expired = await work.database
    .selectFrom('budget_reservations')
    .select(['tenant_id as tenantId', 'id'])
    .where('expires_at', '<=', toTime(atMs))
    .groupBy(['tenant_id', 'id'])
    .orderBy((expression) => expression.fn.min('expires_at'))
    .orderBy('tenant_id')
    .orderBy('id')
    .limit(limit)
    .execute()
  const rows: BudgetReservationRow[] = []
  for (const [tenantId, own] of byTenant(expired)) {
    const ids = own.map(({ id }) => id)
    rows.push(...(await takeAway(work, tenantId, ids)))
  }
  await moveReserved(
    work,
    rows.map((row) => ({ ...row, used: row.amount, assumed: row.amount })),
  )
  await forgetOldWindows(work, atMs)
  return toReservations(rows)
}

/**
 * Removes reservations and gives their rows: each row to one caller only, since whoever comes second
 * waits for the lock and then finds it gone. What has a row is part of its window's `reserved`.
 */
async function takeAway(
  { database, traits }: StoreWork,
  tenantId: string,
  ids: readonly string[],
): Promise<readonly BudgetReservationRow[]> {
  const among = traits.textsOf(JSON.stringify(ids))
  const query = database
    .selectFrom('budget_reservations')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', among)
    .orderBy('id')
    .orderBy('rule_id')
  const rows = await (traits.supportsRowLocks ? query.forUpdate() : query).execute()
  if (rows.length === 0) return rows
  await database
    .deleteFrom('budget_reservations')
    .where('tenant_id', '=', tenantId)
    .where('id', 'in', among)
    .execute()
  return rows
}

/** In one order of tenants, so that two that take several never wait for each other. */
function byTenant<T extends { readonly tenantId: string }>(
  items: readonly T[],
): readonly (readonly [string, readonly T[]])[] {
  const groups = Map.groupBy(items, ({ tenantId }) => tenantId)
  return [...groups].sort(([left], [right]) => compare(left, right))
}

function toReservations(rows: readonly BudgetReservationRow[]): readonly BudgetReservation[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify([row.tenant_id, row.id]))
  const reservations = [...groups.values()].flatMap((own) => {
    const [first] = own
    if (first === undefined) return []
    const { tenant_id: tenantId, id, expires_at: expiresAt } = first
    return [{ id, tenantId, holds: own.map(toHold), expiresAtMs: fromTime(expiresAt) }]
  })
  return reservations.sort((left, right) => left.expiresAtMs - right.expiresAtMs)
}

function compare(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
