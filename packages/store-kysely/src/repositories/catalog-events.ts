import type { CatalogChange, CatalogEvent, CatalogEventQuery, ModelSync } from '@imrs/core'

import { fromEventRow, toEventRow } from '../rows/event-row.ts'
import { assertCount } from '../session/assert-count.ts'
import { chunksOf } from '../session/chunks.ts'
import type { StoreWork } from '../session/store-session.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1_000

/**
 * Appends what a sync changed. The transaction has raised the version of the catalogue before, which
 * no other one can do until this one ends: events are seen in the order of their numbers.
 */
export async function appendEvents(
  { database, traits, check }: StoreWork,
  sync: ModelSync,
  changes: readonly CatalogChange[],
): Promise<void> {
  const rows = changes.map((change) => toEventRow(change, sync))
  for (const chunk of chunksOf(rows, traits)) {
    check()
    await database.insertInto('catalog_events').values(chunk).execute()
  }
}

export async function listEvents(
  { database }: StoreWork,
  query: CatalogEventQuery,
): Promise<readonly CatalogEvent[]> {
  const { sinceSeq, beforeSeq, providerId, type } = query
  const { direction = 'asc', limit = DEFAULT_LIMIT } = query
  assertCount('limit', limit, MAX_LIMIT)
  let events = database.selectFrom('catalog_events').selectAll()
  if (sinceSeq !== undefined) events = events.where('seq', '>', sinceSeq)
  if (beforeSeq !== undefined) events = events.where('seq', '<', beforeSeq)
  if (providerId !== undefined) events = events.where('provider_id', '=', providerId)
  if (type !== undefined) events = events.where('type', '=', type)
  const rows = await events.orderBy('seq', direction).limit(limit).execute()
  return rows.map(fromEventRow)
}
