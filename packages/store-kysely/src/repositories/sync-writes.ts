import { NO_LONGER_LISTED, catalogChanges } from '@imrs/core'
import type { CatalogChange, ModelOverrides, ModelSync } from '@imrs/core'

import { fromJsonObject, toTime } from '../rows/columns.ts'
import { syncedSideOf, toModelRow } from '../rows/model-row.ts'
import type { ModelRow } from '../schema/database.ts'
import { chunksOf } from '../session/chunks.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import type { StoreWork } from '../session/store-session.ts'
import type { ListedRow } from './model-diff.ts'
import { writeRow } from './model-writes.ts'

/** The columns that a sync never touches in a row that is there. */
const KEPT = ['id', 'priority', 'domains', 'origin', 'created_at', 'overrides'] as const

export async function writeAdded(
  work: StoreWork,
  { syncedAtMs }: ModelSync,
  added: readonly ListedRow[],
): Promise<void> {
  const rows = added.map(({ model, factsHash }) =>
    toModelRow({ ...model, syncedAtMs }, { factsHash, overrides: undefined }),
  )
  for (const chunk of chunksOf(rows, work.traits)) await upsert(work, chunk)
}

/** Writes the models whose facts differ, and says in what. Reads a few at a time, for lists of any length. */
export async function writeUpdated(
  work: StoreWork,
  { syncedAtMs }: ModelSync,
  updated: readonly ListedRow[],
): Promise<readonly CatalogChange[]> {
  const changes: CatalogChange[] = []
  for (const chunk of chunksOf(updated, work.traits)) {
    const stored = await rowsOf(
      work,
      chunk.map((row) => row.model.id),
    )
    const rows = chunk.map((listed) => {
      const row = stored.get(listed.model.id)
      changes.push(...catalogChanges(row && syncedSideOf(row), listed.model))
      return mergedRow({ ...listed, model: { ...listed.model, syncedAtMs } }, row)
    })
    await upsert(work, rows)
  }
  return changes
}

/** The listed model over the stored row: what an administrator may decide stays. */
function mergedRow({ model, factsHash }: ListedRow, stored: ModelRow | undefined): ModelRow {
  if (stored === undefined || stored.overrides === null) {
    return toModelRow(model, { factsHash, overrides: undefined })
  }
  const { priority, domains } = syncedSideOf(stored)
  const overrides = fromJsonObject<ModelOverrides>(stored.overrides)
  return toModelRow({ ...model, priority, domains }, { factsHash, overrides })
}

async function rowsOf(
  { database, traits }: StoreWork,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ModelRow>> {
  const rows = await database
    .selectFrom('llm_model_catalog')
    .selectAll()
    .where('id', 'in', traits.textsOf(JSON.stringify(ids)))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

async function upsert(work: StoreWork, rows: readonly ModelRow[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  work.check()
  await work.database
    .insertInto('llm_model_catalog')
    .values([...rows])
    .onConflict((conflict) => conflict.column('id').doUpdateSet(excluded(columnsBut(first, KEPT))))
    .execute()
}

// Equal to no fingerprint, so that the model is updated when it is listed again as it was.
const NO_FACTS = ''

export async function writeRemoved(
  work: StoreWork,
  { syncedAtMs }: ModelSync,
  removed: readonly string[],
): Promise<void> {
  if (removed.length === 0) return
  work.check()
  const { database, traits } = work
  const ids = traits.textsOf(JSON.stringify(removed))
  await database
    .updateTable('llm_model_catalog')
    .set({
      is_available: 0,
      unavailable_reason: NO_LONGER_LISTED,
      updated_at: toTime(syncedAtMs),
      facts_hash: NO_FACTS,
    })
    .where('overrides', 'is', null)
    .where('id', 'in', ids)
    .execute()
  const overridden = await database
    .selectFrom('llm_model_catalog')
    .selectAll()
    .where('overrides', 'is not', null)
    .where('id', 'in', ids)
    .execute()
  const gone = { isAvailable: false, unavailableReason: NO_LONGER_LISTED, updatedAtMs: syncedAtMs }
  for (const row of overridden) {
    const overrides = fromJsonObject<ModelOverrides>(row.overrides ?? '{}')
    const synced = { ...syncedSideOf(row), ...gone }
    await writeRow(work, toModelRow(synced, { factsHash: NO_FACTS, overrides }))
  }
}
