import { sql } from 'kysely'

import { toTime } from '../rows/columns.ts'
import type { BudgetWindowRow } from '../schema/database.ts'
import type { StoreWork } from '../session/store-session.ts'

/** The key of a window. */
export const WINDOW_KEY = ['tenant_id', 'rule_id', 'subject', 'window_start'] as const

type WindowKey = Pick<BudgetWindowRow, (typeof WINDOW_KEY)[number]>

/** So much less is reserved of a window, and so much more is used. */
export interface WindowMove extends WindowKey {
  /** What was reserved. */
  readonly amount: number
  readonly used: number
  /** The part of `used` that nobody measured. */
  readonly assumed: number
}

/** How many old windows one call removes: the rest go with the next. */
const FORGOTTEN_AT_ONCE = 1_000

/** Moves amounts from `reserved` to `used`: one statement for each window, in one order of windows. */
export async function moveReserved(
  { database, check }: StoreWork,
  moves: readonly WindowMove[],
): Promise<void> {
  for (const { amount, used, assumed, ...key } of sumsOf(moves)) {
    check()
    await database
      .updateTable('budget_windows')
      .set((expression) => ({
        // Never below nothing, whatever became of the rule meanwhile: that would be a gift.
        reserved: sql<number>`case when reserved > ${amount} then reserved - ${amount} else 0 end`,
        used: expression('used', '+', used),
        assumed: expression('assumed', '+', assumed),
      }))
      .where('tenant_id', '=', key.tenant_id)
      .where('rule_id', '=', key.rule_id)
      .where('subject', '=', key.subject)
      .where('window_start', '=', key.window_start)
      .execute()
  }
}

/** One move for each window. The keys hold no NUL, so joined by it they sort field by field. */
function sumsOf(moves: readonly WindowMove[]): readonly WindowMove[] {
  const groups = Map.groupBy(moves, (move) =>
    [move.tenant_id, move.rule_id, move.subject, move.window_start].join('\0'),
  )
  return [...groups.keys()].sort().flatMap((key) => {
    const own = groups.get(key) ?? []
    const [first] = own
    if (first === undefined) return []
    const { tenant_id, rule_id, subject, window_start } = first
    const sum = (field: 'amount' | 'used' | 'assumed'): number =>
      own.reduce((total, move) => total + move[field], 0)
    const [amount, used, assumed] = [sum('amount'), sum('used'), sum('assumed')]
    return [{ tenant_id, rule_id, subject, window_start, amount, used, assumed }]
  })
}

/** Removes windows that nobody asks for any more. */
export async function forgetOldWindows(
  { database, traits }: StoreWork,
  atMs: number,
): Promise<void> {
  const old = database
    .selectFrom('budget_windows')
    .select(WINDOW_KEY)
    .where('kept_until', '<=', toTime(atMs))
    .where('reserved', '=', 0)
    .orderBy('kept_until')
    .limit(FORGOTTEN_AT_ONCE)
  // A window that somebody else is just removing is left to them.
  const keys = traits.supportsRowLocks ? old.forUpdate().skipLocked() : old
  await database
    .deleteFrom('budget_windows')
    .where((expression) =>
      expression(expression.refTuple(...WINDOW_KEY), 'in', keys.$asTuple(...WINDOW_KEY)),
    )
    .execute()
}
