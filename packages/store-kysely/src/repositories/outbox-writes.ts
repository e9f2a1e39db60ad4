import type { OutboxKey, OutboxSettlement, SetAsideChoice } from '@imrs/core'

import { toTime } from '../rows/columns.ts'
import type { StoreWork } from '../session/store-session.ts'

export async function settle(work: StoreWork, settlement: OutboxSettlement): Promise<void> {
  const { sink, delivered, failed, refused } = settlement
  await remove(work, sink, delivered)
  for (const { reason, retryAtMs, ...key } of failed) {
    await entryOf(work, sink, key)
      .set((given) => ({
        available_at: toTime(retryAtMs),
        attempt_count: given('attempt_count', '+', 1),
        last_error: reason,
      }))
      .execute()
  }
  for (const { reason, atMs, ...key } of refused) {
    await entryOf(work, sink, key)
      .set((given) => ({
        set_aside_at: toTime(atMs),
        attempt_count: given('attempt_count', '+', 1),
        last_error: reason,
      }))
      .execute()
  }
  await putCondition(work, settlement)
}

async function remove(
  { database }: StoreWork,
  sink: string,
  keys: readonly OutboxKey[],
): Promise<void> {
  for (const [tenantId, own] of Map.groupBy(keys, (key) => key.tenantId)) {
    await database
      .deleteFrom('outbox')
      .where('tenant_id', '=', tenantId)
      .where('topic', '=', sink)
      .where(
        'seq',
        'in',
        own.map(({ seq }) => seq),
      )
      .execute()
  }
}

function entryOf({ database }: StoreWork, sink: string, { tenantId, seq }: OutboxKey) {
  return database
    .updateTable('outbox')
    .where('tenant_id', '=', tenantId)
    .where('topic', '=', sink)
    .where('seq', '=', seq)
}

async function putCondition(
  { database }: StoreWork,
  { sink, condition }: OutboxSettlement,
): Promise<void> {
  if (condition === undefined) return
  const isPaused = condition.kind === 'paused'
  const row = {
    failure_count: isPaused ? condition.failureCount : 0,
    failure: isPaused ? condition.failure : null,
    paused_until: isPaused ? toTime(condition.untilMs) : null,
  }
  await database
    .insertInto('outbox_sinks')
    .values({ sink, holder: null, lease_until: null, ...row })
    .onConflict((conflict) => conflict.column('sink').doUpdateSet(row))
    .execute()
}

export async function retrySetAside(
  { database }: StoreWork,
  { atMs, ...choice }: SetAsideChoice & { readonly atMs: number },
): Promise<number> {
  let query = database
    .updateTable('outbox')
    .set({ set_aside_at: null, attempt_count: 0, last_error: null, available_at: toTime(atMs) })
    .where('topic', '=', choice.sink)
    .where('set_aside_at', 'is not', null)
  if (choice.tenantId !== undefined) query = query.where('tenant_id', '=', choice.tenantId)
  if (choice.seqs !== undefined) query = query.where('seq', 'in', [...choice.seqs, -1])
  return Number((await query.executeTakeFirst()).numUpdatedRows)
}

export async function discardSetAside(
  { database }: StoreWork,
  choice: SetAsideChoice,
): Promise<number> {
  let query = database
    .deleteFrom('outbox')
    .where('topic', '=', choice.sink)
    .where('set_aside_at', 'is not', null)
  if (choice.tenantId !== undefined) query = query.where('tenant_id', '=', choice.tenantId)
  if (choice.seqs !== undefined) query = query.where('seq', 'in', [...choice.seqs, -1])
  return Number((await query.executeTakeFirst()).numDeletedRows)
}

export async function resume(
  { database }: StoreWork,
  { sink, atMs }: { readonly sink: string; readonly atMs: number },
): Promise<void> {
  await database
    .updateTable('outbox_sinks')
    .set({ paused_until: null })
    .where('sink', '=', sink)
    .execute()
  await database
    .updateTable('outbox')
    .set({ available_at: toTime(atMs) })
    .where('topic', '=', sink)
    .where('set_aside_at', 'is', null)
    .where('available_at', '>', toTime(atMs))
    .execute()
}
