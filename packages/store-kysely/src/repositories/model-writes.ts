import { CATALOG_TOPIC, canonicalJson, changedOverrides } from '@imrs/core'
import type {
  AuditedOptions,
  Model,
  ModelOverrideChange,
  ModelOverrides,
  ModelRepository,
} from '@imrs/core'

import { fromJsonObject } from '../rows/columns.ts'
import { factsHashOf, fromModelRow, syncedSideOf, toModelRow } from '../rows/model-row.ts'
import type { ModelRow } from '../schema/database.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'

/** The part of the model repository by which people change it. */
export function modelWrites(session: StoreSession): Pick<ModelRepository, 'put' | 'setOverrides'> {
  return {
    put: (model, options) =>
      session.write((work) => putModel(work, model, options?.audit), options),
    setOverrides: (modelId, change, options) =>
      session.write((work) => setOverrides(work, modelId, change), options),
  }
}

/** One writer of a provider's models at a time: each reads rows that it then writes. */
export async function lockModels(
  { database, traits }: StoreWork,
  providerId: string,
): Promise<void> {
  await traits.lock(database, `imrs:sync:${providerId}`)
}

/** Replaces a stored row. */
export async function writeRow({ database }: StoreWork, row: ModelRow): Promise<void> {
  const { id, ...columns } = row
  await database.updateTable('llm_model_catalog').set(columns).where('id', '=', id).execute()
}

async function putModel(
  work: StoreWork,
  model: Model,
  audit: AuditedOptions['audit'],
): Promise<void> {
  const { database } = work
  await lockModels(work, model.providerId)
  const overrides = overridesOf(await rowOf(work, model.id))
  const row = toModelRow(model, { factsHash: factsHashOf(model), overrides })
  await database
    .insertInto('llm_model_catalog')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(excluded(columnsBut(row, ['id', 'created_at']))),
    )
    .execute()
  if (audit !== undefined) {
    const { by: actor, atMs } = audit
    const details = { origin: model.origin }
    await writeAudit(work, [{ action: 'model-put', subject: model.id, actor, details, atMs }])
  }
  await raiseVersions(database, [CATALOG_TOPIC])
}

async function setOverrides(
  work: StoreWork,
  modelId: string,
  change: ModelOverrideChange,
): Promise<Model | undefined> {
  const found = await rowOf(work, modelId)
  if (found === undefined) return undefined
  await lockModels(work, found.provider_id)
  const row = (await rowOf(work, modelId)) ?? found
  const current = overridesOf(row)
  const next = changedOverrides(current, change)
  if (canonicalJson(current) === canonicalJson(next)) return fromModelRow(row)
  const synced = { ...syncedSideOf(row), updatedAtMs: change.atMs }
  const written = toModelRow(synced, { factsHash: row.facts_hash, overrides: next })
  await writeRow(work, written)
  const { set, clear, by: actor, atMs } = change
  await writeAudit(work, [
    { action: 'model-overrides-changed', subject: modelId, actor, details: { set, clear }, atMs },
  ])
  await raiseVersions(work.database, [CATALOG_TOPIC])
  return fromModelRow(written)
}

function overridesOf(row: ModelRow | undefined): ModelOverrides | undefined {
  const text = row?.overrides ?? null
  return text === null ? undefined : fromJsonObject<ModelOverrides>(text)
}

async function rowOf({ database }: StoreWork, modelId: string): Promise<ModelRow | undefined> {
  return database
    .selectFrom('llm_model_catalog')
    .selectAll()
    .where('id', '=', modelId)
    .executeTakeFirst()
}
