import { ImrsError } from '@imrs/core'
import type { Model, ModelOrigin, ModelOverrides, ModelSync } from '@imrs/core'

import { fromJsonObject } from '../rows/columns.ts'

/** A listed model with the fingerprint of what its list says. */
export interface ListedRow {
  readonly model: Model
  readonly factsHash: string
}

/** What a sync must know of a stored row. */
export interface StoredRow {
  readonly id: string
  readonly facts_hash: string
  readonly origin: ModelOrigin
  readonly is_available: number
  readonly synced_values: string | null
}

/** What a sync has to write. */
export interface ModelDiff {
  readonly added: readonly ListedRow[]
  readonly updated: readonly ListedRow[]
  readonly unchanged: number
  /** Ids, in order. */
  readonly removed: readonly string[]
}

/** Compares a provider's list with what is stored of it. Pure. */
export function diffModels(listed: readonly ListedRow[], stored: readonly StoredRow[]): ModelDiff {
  const hashes = new Map(stored.map((row) => [row.id, row.facts_hash]))
  const added: ListedRow[] = []
  const updated: ListedRow[] = []
  const names = new Set<string>()
  for (const row of listed) {
    names.add(row.model.id)
    const hash = hashes.get(row.model.id)
    if (hash === undefined) added.push(row)
    else if (hash !== row.factsHash) updated.push(row)
  }
  const removed = stored
    .filter((row) => row.origin === 'sync' && !names.has(row.id) && isListedAvailable(row))
    .map((row) => row.id)
  return { added, updated, unchanged: listed.length - added.length - updated.length, removed }
}

/** Whether the provider's side of a row is available, whatever was set. */
function isListedAvailable(row: StoredRow): boolean {
  if (row.synced_values === null) return row.is_available !== 0
  return fromJsonObject<ModelOverrides>(row.synced_values).isAvailable !== false
}

/** Refuses a list that names a model twice or holds another provider's. */
export function assertList({ providerId, models }: ModelSync): void {
  if (new Set(models.map((model) => model.id)).size < models.length) {
    throw new ImrsError('invalid-request', `A list of ${providerId} names a model twice`)
  }
  const stranger = models.find((model) => model.providerId !== providerId)
  if (stranger !== undefined) {
    throw new ImrsError('invalid-request', `${stranger.id} is not a model of ${providerId}`)
  }
}
