import { CATALOG_TOPIC, deprecationsAndPrices } from '@imrs/core'
import type { CatalogChange, ModelSync, ModelSyncResult } from '@imrs/core'

import { fromOptionalTime, toTime } from '../rows/columns.ts'
import { factsHashOf } from '../rows/model-row.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreWork } from '../session/store-session.ts'
import { appendEvents } from './catalog-events.ts'
import { assertList, diffModels } from './model-diff.ts'
import type { ListedRow } from './model-diff.ts'
import { lockModels } from './model-writes.ts'
import { writeAdded, writeRemoved, writeUpdated } from './sync-writes.ts'

/** The list with a fingerprint for each model. */
export function fingerprinted(sync: ModelSync): readonly ListedRow[] {
  assertList(sync)
  return sync.models.map((model) => ({ model, factsHash: factsHashOf(model) }))
}

const NOTHING_CHANGED: ModelSyncResult = Object.freeze({
  added: [],
  updated: [],
  unchanged: 0,
  removed: [],
  ...deprecationsAndPrices([]),
})

async function isOvertaken(
  { database }: StoreWork,
  { providerId, syncedAtMs }: ModelSync,
): Promise<boolean> {
  const row = await database
    .selectFrom('llm_providers')
    .select('last_synced')
    .where('id', '=', providerId)
    .executeTakeFirst()
  const last = fromOptionalTime(row?.last_synced ?? null)
  return last !== undefined && last > syncedAtMs
}

/** Makes the stored models of one provider what its list says; part of a write transaction. */
export async function syncModels(
  work: StoreWork,
  sync: ModelSync,
  listed: readonly ListedRow[],
): Promise<ModelSyncResult> {
  const { database } = work
  // Two syncs of one provider would otherwise both find the same rows missing.
  await lockModels(work, sync.providerId)
  if (await isOvertaken(work, sync)) return NOTHING_CHANGED
  const stored = await database
    .selectFrom('llm_model_catalog')
    .select(['id', 'facts_hash', 'origin', 'is_available', 'synced_values'])
    .where('provider_id', '=', sync.providerId)
    .orderBy('id')
    .execute()
  const diff = diffModels(listed, stored)
  await writeAdded(work, sync, diff.added)
  const updates = await writeUpdated(work, sync, diff.updated)
  await writeRemoved(work, sync, diff.removed)
  await database
    .updateTable('llm_providers')
    .set({ last_synced: toTime(sync.syncedAtMs) })
    .where('id', '=', sync.providerId)
    .execute()
  const added = diff.added.map((row) => row.model.id)
  const changes: readonly CatalogChange[] = [
    ...added.map((modelId) => ({ type: 'model-added', modelId }) as const),
    ...updates,
    ...diff.removed.map((modelId) => ({ type: 'model-removed', modelId }) as const),
  ]
  if (changes.length > 0) await raiseVersions(database, [CATALOG_TOPIC])
  await appendEvents(work, sync, changes)
  return {
    added,
    updated: diff.updated.map((row) => row.model.id),
    unchanged: diff.unchanged,
    removed: diff.removed,
    ...deprecationsAndPrices(updates),
  }
}
