import { CATALOG_TOPIC, NO_LONGER_LISTED } from '@imrs/core'
import type { ModelSync, ModelSyncResult } from '@imrs/core'

import { toTime } from '../rows/columns.ts'
import { factsHashOf, toModelRow } from '../rows/model-row.ts'
import { chunksOf } from '../session/chunks.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreWork } from '../session/store-session.ts'
import { assertList, diffModels } from './model-diff.ts'
import type { ListedRow, ModelDiff } from './model-diff.ts'

/** The columns that a sync never touches in a row that is there. */
const KEPT = ['id', 'priority', 'domains', 'origin', 'created_at'] as const

/** The list with a fingerprint for each model. */
export function fingerprinted(sync: ModelSync): readonly ListedRow[] {
  assertList(sync)
  return sync.models.map((model) => ({ model, factsHash: factsHashOf(model) }))
}

/** Makes the stored models of one provider what its list says; part of a write transaction. */
export async function syncModels(
  work: StoreWork,
  sync: ModelSync,
  listed: readonly ListedRow[],
): Promise<ModelSyncResult> {
  const { database, traits } = work
  // Two syncs of one provider would otherwise both find the same rows missing.
  await traits.lock(database, `imrs:sync:${sync.providerId}`)
  const stored = await database
    .selectFrom('llm_model_catalog')
    .select(['id', 'facts_hash', 'origin', 'is_available'])
    .where('provider_id', '=', sync.providerId)
    .orderBy('id')
    .execute()
  const diff = diffModels(listed, stored)
  await writeListed(work, sync, [...diff.added, ...diff.updated])
  await writeRemoved(work, sync, diff.removed)
  await database
    .updateTable('llm_providers')
    .set({ last_synced: toTime(sync.syncedAtMs) })
    .where('id', '=', sync.providerId)
    .execute()
  if (hasChanges(diff)) await raiseVersions(database, [CATALOG_TOPIC])
  return {
    added: diff.added.map((row) => row.model.id),
    updated: diff.updated.map((row) => row.model.id),
    unchanged: diff.unchanged,
    removed: diff.removed,
  }
}

async function writeListed(
  work: StoreWork,
  sync: ModelSync,
  changed: readonly ListedRow[],
): Promise<void> {
  const rows = changed.map(({ model, factsHash }) =>
    toModelRow({ ...model, syncedAtMs: sync.syncedAtMs }, factsHash),
  )
  const [first] = rows
  if (first === undefined) return
  const replaced = columnsBut(first, KEPT)
  for (const chunk of chunksOf(rows, work.traits)) {
    work.check()
    await work.database
      .insertInto('llm_model_catalog')
      .values(chunk)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(excluded(replaced)))
      .execute()
  }
}

async function writeRemoved(
  { database, traits, check }: StoreWork,
  sync: ModelSync,
  removed: readonly string[],
): Promise<void> {
  if (removed.length === 0) return
  check()
  await database
    .updateTable('llm_model_catalog')
    .set({
      is_available: 0,
      unavailable_reason: NO_LONGER_LISTED,
      updated_at: toTime(sync.syncedAtMs),
      // Equal to no fingerprint, so that the model is updated when it is listed again as it was.
      facts_hash: '',
    })
    .where('origin', '=', 'sync')
    .where('id', 'in', traits.textsOf(JSON.stringify(removed)))
    .execute()
}

function hasChanges({ added, updated, removed }: ModelDiff): boolean {
  return added.length + updated.length + removed.length > 0
}
