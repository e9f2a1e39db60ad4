import { parseModelId, toModelId } from '@imrs/core'
import type { ModelSelection, Preference } from '@imrs/core'

import type { PreferenceRow } from '../schema/database.ts'
import { fromTime, present, toTime } from './columns.ts'

/** The three columns of a selection. */
export interface SelectionColumns {
  readonly provider: string | null
  readonly model: string
  readonly at: string
}

export function toSelectionColumns({ modelId, atMs }: ModelSelection): SelectionColumns {
  const parts = parseModelId(modelId)
  if (parts === undefined) return { provider: null, model: modelId, at: toTime(atMs) }
  return { provider: parts.providerId, model: parts.externalId, at: toTime(atMs) }
}

export function fromPreferenceRow(row: PreferenceRow): Preference {
  return present<Preference>({
    tenantId: row.tenant_id,
    userId: row.user_id,
    selection: selectionOf(row.provider, row.model, row.updated_at),
    lastValid: selectionOf(row.last_valid_provider, row.last_valid_model, row.last_valid_at),
  })
}

function selectionOf(
  provider: string | null,
  model: string | null,
  at: string | null,
): ModelSelection | undefined {
  if (model === null || at === null) return undefined
  const modelId = provider === null ? model : toModelId({ providerId: provider, externalId: model })
  return { modelId, atMs: fromTime(at) }
}
