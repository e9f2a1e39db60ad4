import type { CatalogChange, CatalogEvent } from '@imrs/core'
import type { Insertable, Selectable } from 'kysely'

import type { CatalogEventRow } from '../schema/database.ts'
import { fromJsonObject, fromTime, toJson, toTime } from './columns.ts'

export function toEventRow(
  { type, modelId, ...details }: CatalogChange,
  from: { readonly providerId: string; readonly syncedAtMs: number },
): Insertable<CatalogEventRow> {
  return {
    type,
    provider_id: from.providerId,
    model_id: modelId,
    details: toJson(details),
    at: toTime(from.syncedAtMs),
  }
}

export function fromEventRow(row: Selectable<CatalogEventRow>): CatalogEvent {
  // The details are those that the type of the row was written with.
  return {
    ...fromJsonObject(row.details),
    type: row.type,
    modelId: row.model_id,
    seq: row.seq,
    providerId: row.provider_id,
    atMs: fromTime(row.at),
  } as CatalogEvent
}
