import type { AgentKey, CallOptions, Store } from '@imrs/core'
import { DEFAULT_TENANT_ID, ImrsError } from '@imrs/core'

import type { PerformanceApi } from '../performance/performance-api.ts'
import type { SnapshotCache } from '../snapshot/snapshot-cache.ts'
import type { Recommend, RecommendQuery } from './recommend-api.ts'
import { recommendFrom } from './recommend-from.ts'
import type { Usable } from './task-figures.ts'

const DEFAULT_TOLERANCE = 0.05

export interface RecommendOptions {
  readonly store: Pick<Store, 'models'>
  readonly performance: PerformanceApi
  readonly snapshots: Pick<SnapshotCache, 'get'>
}

export function createRecommend(options: RecommendOptions): Recommend {
  return async (query = {}, call) => {
    const { tolerance: given, ...asked } = query
    const tolerance = toTolerance(given)
    const groupBy = ['model', 'task-type'] as const
    const { rows } = await options.performance.report({ ...asked, groupBy }, call)
    const usable = await usableModels(options, query, call)
    return Object.freeze(recommendFrom({ rows, usable, tolerance }))
  }
}

/** The models of the agent, or all of the catalogue, that are offered now. */
async function usableModels(
  { store, snapshots }: RecommendOptions,
  { tenantId = DEFAULT_TENANT_ID, agentId }: RecommendQuery,
  call?: CallOptions,
): Promise<readonly Usable[]> {
  if (agentId !== undefined) return modelsOfAgent(snapshots, { tenantId, agentId }, call)
  const models = await store.models.listRoutable({}, call)
  return models
    .filter((model) => model.isAvailable)
    .map(({ id, displayName, priority }) => ({ modelId: id, displayName, priority }))
}

async function modelsOfAgent(
  snapshots: RecommendOptions['snapshots'],
  agent: AgentKey,
  call?: CallOptions,
): Promise<readonly Usable[]> {
  const { models, table } = await snapshots.get(agent, call)
  return models.flatMap((model, row) => {
    // The table has priorities from 0 to 1, the agent's own where there are such.
    const priority = Math.round((table.priority[row] ?? 0) * 100)
    const { id, displayName, isAvailable } = model
    return isAvailable ? [{ modelId: id, displayName, priority }] : []
  })
}

function toTolerance(tolerance = DEFAULT_TOLERANCE): number {
  if (tolerance >= 0.001 && tolerance <= 0.5) return tolerance
  const message = `\`tolerance\` must be from 0.001 to 0.5, got ${String(tolerance)}`
  throw new ImrsError('invalid-request', message, { field: 'tolerance' })
}
