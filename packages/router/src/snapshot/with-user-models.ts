import type { Model, TaskExperience } from '@imrs/core'

import { buildParameterProfiles } from '../parameters/parameter-profile.ts'
import { buildTable } from './build-table.ts'
import { restrictionMaskOf } from './role-restrictions.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'

/**
 * The snapshot for one request, with the models that the caller's own key shows. An agent whose
 * models are configured takes none: what it may use is not the caller's to say.
 */
export function withUserModels(
  snapshot: RoutingSnapshot,
  models: readonly Model[],
): RoutingSnapshot {
  if (models.length === 0 || !snapshot.takesAllModels) return snapshot
  const { providers, restrictions, parameterDefaults: defaults } = snapshot
  const table = buildTable({ models: [...snapshot.models, ...models], providers })
  const rows = snapshot.models.map((model) => table.rowOf.get(model.id) ?? 0)
  return {
    ...snapshot,
    ...table,
    table: { ...table.table, latencyMs: movedTimes(snapshot, { rows, size: table.models.length }) },
    version: `${snapshot.version}+user`,
    restrictionsOf: Uint32Array.from(table.models, (model) =>
      restrictionMaskOf(model, restrictions),
    ),
    parameterProfiles: buildParameterProfiles({ ...table, defaults }),
    experience: new Map(
      [...snapshot.experience].map(([task, experience]) => [
        task,
        moved(experience, { rows, size: table.models.length }),
      ]),
    ),
  }
}

interface Move {
  /** By row of the snapshot: the row there. */
  readonly rows: readonly number[]
  readonly size: number
}

/** Of the caller's own models nothing is measured. */
function movedTimes(
  { table: { latencyMs } }: RoutingSnapshot,
  { rows, size }: Move,
): Float64Array | undefined {
  if (latencyMs === undefined) return undefined
  const next = new Float64Array(size).fill(Number.NaN)
  for (const [before, after] of rows.entries()) next[after] = latencyMs[before] ?? Number.NaN
  return next
}

function moved({ count, sum }: TaskExperience, { rows, size }: Move): TaskExperience {
  const next = { count: new Float64Array(size), sum: new Float64Array(size) }
  for (const [before, after] of rows.entries()) {
    next.count[after] = count[before] ?? 0
    next.sum[after] = sum[before] ?? 0
  }
  return next
}
