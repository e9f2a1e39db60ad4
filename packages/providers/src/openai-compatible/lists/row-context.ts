import type { JsonValue, ListedModel } from '@imrs/core'
import { UNREADABLE_ROW, asObject, asText } from '@imrs/core'

export interface RowContext {
  readonly nowMs: number
  /** Of the row in the whole list, from 0. */
  readonly position: number
}

/** Leaves room for what is put behind it and for the provider's own name before it. */
const MAX_KEPT_CHARACTERS = 180

/** Control characters and halves of surrogate pairs: no store keeps them. */
const UNKEEPABLE = /[\p{Cc}\p{Cs}]/gu

/** Reads one row; one that cannot be read becomes an unavailable model that keeps what was sent. */
export function toListedRow(
  readRow: (row: unknown, context: RowContext) => ListedModel,
  row: JsonValue,
  context: RowContext,
): ListedModel {
  try {
    return readRow(row, context)
  } catch (error) {
    return unreadable(row, context, error instanceof Error ? error.message : 'it cannot be read')
  }
}

function unreadable(row: JsonValue, { position }: RowContext, why: string): ListedModel {
  const id = keepableId(asText(asObject(row)?.['id']), position)
  return {
    externalId: id,
    displayName: id,
    modelType: 'unknown',
    capabilities: [],
    pricing: {},
    isAvailable: false,
    unavailableReason: `${UNREADABLE_ROW}: ${why}.`,
    metadata: asObject(row) ?? { row },
  }
}

/** The id that was sent, or what can be kept of it with the row's position: no two rows share it. */
function keepableId(id: string | undefined, position: number): string {
  const kept = id?.slice(0, MAX_KEPT_CHARACTERS).replace(UNKEEPABLE, '').trim()
  if (kept === undefined || kept === '') return `unreadable-row-${position}`
  return kept === id ? kept : `${kept}-row-${position}`
}
