import {
  CATALOG_TOPIC,
  ImrsError,
  NO_LONGER_LISTED,
  catalogChanges,
  deprecationsAndPrices,
  listedFacts,
} from '@imrs/core'
import type { CatalogChange, Model, ModelSync, ModelSyncResult } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { sortedBy } from './text-order.ts'

/** Makes the stored models of one provider what its list says. */
export function syncModels(data: MemoryData, sync: ModelSync): ModelSyncResult {
  const listed = new Map(sync.models.map((model) => [model.id, frozenCopy(model)]))
  assertList(sync, listed.size)
  const lastSyncedAtMs = data.providers.get(sync.providerId)?.lastSyncedAtMs ?? sync.syncedAtMs
  if (lastSyncedAtMs > sync.syncedAtMs) {
    return { added: [], updated: [], unchanged: 0, removed: [], ...deprecationsAndPrices([]) }
  }
  const additions: CatalogChange[] = []
  const updates: CatalogChange[] = []
  for (const model of listed.values()) {
    const stored = data.models.get(model.id)
    if (stored !== undefined && listedFacts(stored) === listedFacts(model)) continue
    const changes = stored === undefined ? additions : updates
    changes.push(...catalogChanges(stored, model))
    data.models.set(model.id, merged(model, stored, sync.syncedAtMs))
  }
  const added = idsOf(additions, 'model-added')
  const updated = idsOf(updates, 'model-updated')
  const removed = removeUnlisted(data, sync, listed)
  const removals = removed.map((modelId) => ({ type: 'model-removed', modelId }) as const)
  const changes = [...additions, ...updates, ...removals]
  const provider = data.providers.get(sync.providerId)
  if (provider !== undefined) {
    data.providers.set(provider.id, frozenCopy({ ...provider, lastSyncedAtMs: sync.syncedAtMs }))
  }
  if (changes.length > 0) raiseVersion(data, CATALOG_TOPIC)
  appendEvents(data, sync, changes)
  const unchanged = listed.size - added.length - updated.length
  return { added, updated, unchanged, removed, ...deprecationsAndPrices(changes) }
}

function idsOf(changes: readonly CatalogChange[], type: CatalogChange['type']): readonly string[] {
  return changes.filter((change) => change.type === type).map((change) => change.modelId)
}

function appendEvents(
  data: MemoryData,
  { providerId, syncedAtMs }: ModelSync,
  changes: readonly CatalogChange[],
): void {
  for (const change of changes) {
    const seq = data.catalogEvents.length + 1
    data.catalogEvents.push(frozenCopy({ ...change, seq, providerId, atMs: syncedAtMs }))
  }
}

function assertList({ providerId, models }: ModelSync, distinct: number): void {
  if (distinct < models.length) {
    throw new ImrsError('invalid-request', `A list of ${providerId} names a model twice`)
  }
  const stranger = models.find((model) => model.providerId !== providerId)
  if (stranger !== undefined) {
    throw new ImrsError('invalid-request', `${stranger.id} is not a model of ${providerId}`)
  }
}

function merged(model: Model, stored: Model | undefined, syncedAtMs: number): Model {
  const { priority, domains, origin, createdAtMs } = stored ?? model
  const { overrides: _ignored, ...listed } = model
  return frozenCopy({ ...listed, priority, domains, origin, createdAtMs, syncedAtMs })
}

function removeUnlisted(
  data: MemoryData,
  sync: ModelSync,
  listed: ReadonlyMap<string, Model>,
): readonly string[] {
  const gone = [...data.models.values()].filter(
    (model) =>
      model.providerId === sync.providerId &&
      model.origin === 'sync' &&
      model.isAvailable &&
      !listed.has(model.id),
  )
  for (const model of gone) {
    const change = { unavailableReason: NO_LONGER_LISTED, updatedAtMs: sync.syncedAtMs }
    data.models.set(model.id, frozenCopy({ ...model, ...change, isAvailable: false }))
  }
  return sortedBy(gone, (model) => model.id).map((model) => model.id)
}
