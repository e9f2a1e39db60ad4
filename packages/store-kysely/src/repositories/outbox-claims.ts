import type { OutboxClaim, OutboxClaimRequest, OutboxEntry } from '@imrs/core'

import { fromOptionalTime, fromTime, toTime } from '../rows/columns.ts'
import { fromOutboxRow } from '../rows/outbox-row.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'

/** Looks before it takes: a sink that nothing waits for costs one read and no write. */
export async function claim(
  session: StoreSession,
  request: OutboxClaimRequest,
  options: Parameters<StoreSession['read']>[1],
): Promise<OutboxClaim> {
  const idle = await session.read(async (work) => {
    const [due] = await dueKeys(work, { ...request, limit: 1 })
    if (due !== undefined || (await isHolder(work, request))) return undefined
    return idleUntil(work, request)
  }, options)
  return idle ?? session.write((work) => take(work, request), options)
}

async function take(work: StoreWork, request: OutboxClaimRequest): Promise<OutboxClaim> {
  const failureCount = await lease(work, request)
  if (failureCount === undefined) return refusal(work, request)
  const entries = await dueEntries(work, request)
  if (entries.length > 0) return { kind: 'claimed', entries, failureCount }
  await release(work, request)
  return idleUntil(work, request)
}

/** How often the sink was found down, when it is the holder's now. */
async function lease(
  { database }: StoreWork,
  { sink, holder, atMs, leaseMs }: OutboxClaimRequest,
): Promise<number | undefined> {
  const now = toTime(atMs)
  const held = { holder, lease_until: toTime(atMs + leaseMs) }
  const taken = await database
    .insertInto('outbox_sinks')
    .values({ sink, ...held, failure_count: 0, failure: null, paused_until: null })
    .onConflict((conflict) =>
      conflict
        .column('sink')
        .doUpdateSet(held)
        .where((where) =>
          where.and([
            where.or([
              where('outbox_sinks.holder', 'is', null),
              where('outbox_sinks.holder', '=', holder),
              where('outbox_sinks.lease_until', '<=', now),
            ]),
            where.or([
              where('outbox_sinks.paused_until', 'is', null),
              where('outbox_sinks.paused_until', '<=', now),
            ]),
          ]),
        ),
    )
    .returning('failure_count')
    .executeTakeFirst()
  return taken?.failure_count
}

async function refusal(
  { database }: StoreWork,
  { sink, atMs }: OutboxClaimRequest,
): Promise<OutboxClaim> {
  const row = await database
    .selectFrom('outbox_sinks')
    .select(['paused_until', 'lease_until'])
    .where('sink', '=', sink)
    .executeTakeFirst()
  const pausedUntilMs = fromOptionalTime(row?.paused_until ?? null)
  if (pausedUntilMs !== undefined && pausedUntilMs > atMs) {
    return { kind: 'paused', untilMs: pausedUntilMs }
  }
  return { kind: 'held', untilMs: fromOptionalTime(row?.lease_until ?? null) ?? atMs }
}

async function isHolder(
  { database }: StoreWork,
  { sink, holder }: OutboxClaimRequest,
): Promise<boolean> {
  const row = await database
    .selectFrom('outbox_sinks')
    .select('sink')
    .where('sink', '=', sink)
    .where('holder', '=', holder)
    .executeTakeFirst()
  return row !== undefined
}

export async function release(
  { database }: StoreWork,
  { sink, holder }: Pick<OutboxClaimRequest, 'sink' | 'holder'>,
): Promise<void> {
  await database
    .updateTable('outbox_sinks')
    .set({ holder: null, lease_until: null })
    .where('sink', '=', sink)
    .where('holder', '=', holder)
    .execute()
}

/** The first entry of each message, where it is due. */
function dueOf({ database }: StoreWork, { sink, atMs, limit }: OutboxClaimRequest) {
  return database
    .selectFrom('outbox as o')
    .where('o.topic', '=', sink)
    .where('o.set_aside_at', 'is', null)
    .where('o.available_at', '<=', toTime(atMs))
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('outbox as earlier')
            .select('earlier.seq')
            .whereRef('earlier.tenant_id', '=', 'o.tenant_id')
            .whereRef('earlier.topic', '=', 'o.topic')
            .whereRef('earlier.key', '=', 'o.key')
            .whereRef('earlier.seq', '<', 'o.seq'),
        ),
      ),
    )
    .orderBy('o.available_at')
    .orderBy('o.seq')
    .limit(limit)
}

function dueKeys(work: StoreWork, request: OutboxClaimRequest) {
  return dueOf(work, request).select('o.seq').execute()
}

async function dueEntries(
  work: StoreWork,
  request: OutboxClaimRequest,
): Promise<readonly OutboxEntry[]> {
  const rows = await dueOf(work, request).selectAll('o').execute()
  const entries = rows.map(fromOutboxRow)
  return request.withText === true ? withTexts(work, entries) : entries
}

async function withTexts(
  { database, traits }: StoreWork,
  entries: readonly OutboxEntry[],
): Promise<readonly OutboxEntry[]> {
  const texts = new Map<string, string>()
  for (const [tenantId, own] of Map.groupBy(entries, (entry) => entry.tenantId)) {
    const ids = own.map(({ record }) => record.event.messageId)
    const messages = await database
      .selectFrom('messages')
      .select(['id', 'content'])
      .where('tenant_id', '=', tenantId)
      .where('id', 'in', traits.textsOf(JSON.stringify(ids)))
      .where('content', 'is not', null)
      .execute()
    for (const { id, content } of messages) texts.set(JSON.stringify([tenantId, id]), content ?? '')
  }
  return entries.map((entry) => {
    const answerText = texts.get(JSON.stringify([entry.tenantId, entry.record.event.messageId]))
    return answerText === undefined ? entry : { ...entry, record: { ...entry.record, answerText } }
  })
}

async function idleUntil(
  { database }: StoreWork,
  { sink, atMs }: OutboxClaimRequest,
): Promise<OutboxClaim> {
  const next = await database
    .selectFrom('outbox')
    .select('available_at')
    .where('topic', '=', sink)
    .where('set_aside_at', 'is', null)
    .where('available_at', '>', toTime(atMs))
    .orderBy('available_at')
    .limit(1)
    .executeTakeFirst()
  return next === undefined
    ? { kind: 'idle' }
    : { kind: 'idle', nextAtMs: fromTime(next.available_at) }
}
