import type { Capability, Preset, PresetChoice, PresetModels } from '@imrs/core'

import type { PresetRow } from '../schema/preset-table.ts'
import {
  fromJsonArray,
  fromJsonObject,
  fromNullable,
  fromTime,
  present,
  storableText,
  toJson,
  toNullable,
  toTime,
} from './columns.ts'

export function toPresetRow(preset: Preset): PresetRow {
  const { description } = preset
  return {
    tenant_id: preset.tenantId,
    id: preset.id,
    display_name: storableText(preset.displayName),
    description: description === undefined ? null : storableText(description),
    models: toJson(preset.models),
    required_capabilities: toJson(preset.requiredCapabilities ?? []),
    choice: toJson(preset.choice),
    updated_by: toNullable(preset.updatedBy),
    updated_at: toTime(preset.updatedAtMs),
  }
}

export function fromPresetRow(row: PresetRow): Preset {
  const required = fromJsonArray<Capability>(row.required_capabilities)
  return present<Preset>({
    tenantId: row.tenant_id,
    id: row.id,
    displayName: row.display_name,
    description: fromNullable(row.description),
    models: fromJsonObject<PresetModels>(row.models),
    requiredCapabilities: required.length === 0 ? undefined : required,
    choice: fromJsonObject<PresetChoice>(row.choice),
    updatedBy: fromNullable(row.updated_by),
    updatedAtMs: fromTime(row.updated_at),
  })
}
