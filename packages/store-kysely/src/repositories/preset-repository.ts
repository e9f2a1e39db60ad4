import { MAX_PRESETS, presetsTopic, tooManyPresets } from '@imrs/core'
import type { AuditedOptions, Preset, PresetKey, PresetRepository } from '@imrs/core'

import { fromPresetRow, toPresetRow } from '../rows/preset-row.ts'
import { columnsBut, excluded } from '../session/excluded.ts'
import { raiseVersions } from '../session/raise-versions.ts'
import type { StoreSession, StoreWork } from '../session/store-session.ts'
import { writeAudit } from '../session/write-audit.ts'

const KEY = ['tenant_id', 'id'] as const

export function presetRepository(session: StoreSession): PresetRepository {
  return {
    put: (preset, options) =>
      session.write((work) => putPreset(work, preset, options?.audit), options),
    delete: (key, options) =>
      session.write((work) => deletePreset(work, key, options?.audit), options),
    list: (tenantId, options) =>
      session.read(async ({ database }) => {
        const rows = await database
          .selectFrom('presets')
          .selectAll()
          .where('tenant_id', '=', tenantId)
          .orderBy('id')
          .execute()
        return rows.map(fromPresetRow)
      }, options),
  }
}

async function putPreset(
  work: StoreWork,
  preset: Preset,
  audit: AuditedOptions['audit'],
): Promise<void> {
  const row = toPresetRow(preset)
  await work.database
    .insertInto('presets')
    .values(row)
    .onConflict((conflict) => conflict.columns(KEY).doUpdateSet(excluded(columnsBut(row, KEY))))
    .execute()
  await raiseVersions(work.database, [presetsTopic(preset.tenantId)])
  // The row of the version now keeps other writers of this tenant out: none is missing here.
  const { count } = await work.database
    .selectFrom('presets')
    .select((given) => given.fn.countAll<number | string>().as('count'))
    .where('tenant_id', '=', preset.tenantId)
    .executeTakeFirstOrThrow()
  if (Number(count) > MAX_PRESETS) throw tooManyPresets()
  const { models, choice, requiredCapabilities } = preset
  const details = { models, choice, requiredCapabilities }
  await auditOf(work, { key: preset, action: 'preset-put', details, audit })
}

async function deletePreset(
  work: StoreWork,
  key: PresetKey,
  audit: AuditedOptions['audit'],
): Promise<boolean> {
  const deleted = await work.database
    .deleteFrom('presets')
    .where('tenant_id', '=', key.tenantId)
    .where('id', '=', key.id)
    .returning('id')
    .execute()
  if (deleted.length === 0) return false
  await auditOf(work, { key, action: 'preset-deleted', details: {}, audit })
  await raiseVersions(work.database, [presetsTopic(key.tenantId)])
  return true
}

interface AuditedChange {
  readonly key: PresetKey
  readonly action: string
  readonly details: object
  readonly audit: AuditedOptions['audit']
}

async function auditOf(
  work: StoreWork,
  { key: { tenantId, id }, action, details, audit }: AuditedChange,
): Promise<void> {
  if (audit === undefined) return
  const { by, atMs } = audit
  await writeAudit(work, [{ tenantId, action, subject: id, actor: by, details, atMs }])
}
