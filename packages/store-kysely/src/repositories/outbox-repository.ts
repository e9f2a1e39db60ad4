import type { OutboxRepository, OutboxStatus, SetAsideEntry, SetAsideQuery } from '@imrs/core'
import { sql } from 'kysely'

import { fromSetAsideRow, toOutboxStatus } from '../rows/outbox-row.ts'
import { assertCount } from '../session/assert-count.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { claim, release } from './outbox-claims.ts'
import { discardSetAside, resume, retrySetAside, settle } from './outbox-writes.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

export function outboxRepository(session: StoreSession): OutboxRepository {
  return {
    claim: async (request, options) => {
      assertCount('limit', request.limit, MAX_LIMIT)
      return claim(session, request, options)
    },
    settle: (settlement, options) => session.write((work) => settle(work, settlement), options),
    release: (lease, options) => session.write((work) => release(work, lease), options),
    status: (sinks, options) => session.read((work) => statusOf(work, sinks), options),
    listSetAside: async (query, options) => {
      assertCount('limit', query.limit ?? DEFAULT_LIMIT, MAX_LIMIT)
      return session.read((work) => setAside(work, query), options)
    },
    retrySetAside: (choice, options) =>
      session.write((work) => retrySetAside(work, choice), options),
    discardSetAside: (choice, options) =>
      session.write((work) => discardSetAside(work, choice), options),
    resume: (request, options) => session.write((work) => resume(work, request), options),
  }
}

async function statusOf(
  { database }: StoreWork,
  named: readonly string[],
): Promise<readonly OutboxStatus[]> {
  const counts = await database
    .selectFrom('outbox')
    .select(({ fn }) => [
      'topic as sink',
      sql<number>`count(case when set_aside_at is null then 1 end)`.as('pending'),
      sql<number>`count(set_aside_at)`.as('setAside'),
      fn.min<string | null>(sql`case when set_aside_at is null then created_at end`).as('oldest'),
    ])
    .groupBy('topic')
    .execute()
  const found = await database.selectFrom('outbox_sinks').selectAll().execute()
  const paused = found.flatMap(({ sink, failure_count: count }) => (count > 0 ? [sink] : []))
  const sinks = new Set([...named, ...paused, ...counts.map(({ sink }) => sink)])
  return [...sinks].toSorted().map((sink) =>
    toOutboxStatus(
      counts.find((each) => each.sink === sink) ?? { sink, pending: 0, oldest: null, setAside: 0 },
      found.find((each) => each.sink === sink),
    ),
  )
}

async function setAside(
  { database }: StoreWork,
  { sink, tenantId, afterSeq, limit = DEFAULT_LIMIT }: SetAsideQuery,
): Promise<readonly SetAsideEntry[]> {
  let query = database
    .selectFrom('outbox')
    .selectAll()
    .where('topic', '=', sink)
    .where('set_aside_at', 'is not', null)
  if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId)
  if (afterSeq !== undefined) query = query.where('seq', '>', afterSeq)
  const rows = await query.orderBy('seq').limit(limit).execute()
  return rows.map(fromSetAsideRow)
}
