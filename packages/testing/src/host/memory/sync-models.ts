import { CATALOG_TOPIC, ImrsError, NO_LONGER_LISTED, listedFacts } from '@imrs/core'
import type { Model, ModelSync, ModelSyncResult } from '@imrs/core'

import { frozenCopy } from './frozen-copy.ts'
import { raiseVersion } from './memory-data.ts'
import type { MemoryData } from './memory-data.ts'
import { sortedBy } from './text-order.ts'

/** Makes the stored models of one provider what its list says. */
export function syncModels(data: MemoryData, sync: ModelSync): ModelSyncResult {
  const listed = new Map(sync.models.map((model) => [model.id, frozenCopy(model)]))
  assertList(sync, listed.size)
  const added: string[] = []
  const updated: string[] = []
  for (const model of listed.values()) {
    const stored = data.models.get(model.id)
    if (stored === undefined) added.push(model.id)
    else if (listedFacts(stored) === listedFacts(model)) continue
    else updated.push(model.id)
    data.models.set(model.id, merged(model, stored, sync.syncedAtMs))
  }
  const removed = removeUnlisted(data, sync, listed)
  const provider = data.providers.get(sync.providerId)
  if (provider !== undefined) {
    data.providers.set(provider.id, frozenCopy({ ...provider, lastSyncedAtMs: sync.syncedAtMs }))
  }
  if (added.length + updated.length + removed.length > 0) raiseVersion(data, CATALOG_TOPIC)
  return { added, updated, unchanged: listed.size - added.length - updated.length, removed }
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
  return frozenCopy({ ...model, priority, domains, origin, createdAtMs, syncedAtMs })
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
