import type { FirstPartTimes } from '../attempt/first-part-times.ts'
import type { Emitter } from '../events/emitter.ts'
import type { RouterOptions } from '../options.ts'
import type { ResolvedRouterOptions } from '../resolve-options.ts'
import { SnapshotCache } from './snapshot-cache.ts'

/** Events after which models may have changed. */
const CATALOG_EVENTS = [
  'provider-changed',
  'provider-synced',
  'model-added',
  'model-removed',
  'model-edited',
] as const

interface SnapshotParts {
  readonly emitter: Emitter
  readonly firstPartTimes: FirstPartTimes
}

/** The snapshots of agents; what this router itself changes in the catalogue makes them stale. */
export function createSnapshots(
  { store, shareExperience = false }: RouterOptions,
  { runtime, unconfiguredAgents, strategyOf, restrictions, snapshotBytes }: ResolvedRouterOptions,
  { emitter, firstPartTimes }: SnapshotParts,
): SnapshotCache {
  const { emit } = emitter
  const snapshots = new SnapshotCache({
    store,
    runtime,
    unconfiguredAgents,
    strategyOf,
    restrictions,
    emit,
    shareExperience,
    latencyOf: (modelId) => firstPartTimes.median(modelId),
    maxBytes: snapshotBytes,
  })
  for (const type of CATALOG_EVENTS) emitter.onAtOnce(type, () => snapshots.invalidateCatalog())
  return snapshots
}
