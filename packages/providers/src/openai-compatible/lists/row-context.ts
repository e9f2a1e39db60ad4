import type { JsonValue, ListedModel } from '@imrs/core'

import { asObject, asText } from '../../shared/foreign-json.ts'

export interface RowContext {
  readonly nowMs: number
  /** Of the row in the whole list, from 0. */
  readonly position: number
}

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
  const id = asText(asObject(row)?.['id']) ?? `unreadable-row-${position}`
  return {
    externalId: id.slice(0, 200),
    displayName: id.slice(0, 200),
    modelType: 'unknown',
    capabilities: [],
    pricing: {},
    isAvailable: false,
    unavailableReason: `The provider's row could not be understood: ${why}.`,
    metadata: asObject(row) ?? { row },
  }
}
