import type { CatalogHandle } from '@imrs/catalog'
import type { CallOptions, PerformanceFilter, Runtime, Store } from '@imrs/core'
import { DEFAULT_TENANT_ID, ImrsError, assertHostId, assertTime } from '@imrs/core'

import { dayBounds } from './day-bounds.ts'
import type { DayBounds } from './day-bounds.ts'
import { listDrift } from './list-drift.ts'
import { modelQuality } from './model-quality.ts'
import { PERFORMANCE_GROUPS } from './performance-api.ts'
import type {
  ModelUsage,
  PerformanceApi,
  PerformanceGroup,
  PerformanceQuery,
  PerformanceReport,
  PerformanceRow,
  UsageQuery,
} from './performance-api.ts'
import { toRows } from './report-rows.ts'
import { sumReasons } from './sum-reasons.ts'

export interface PerformanceOptions {
  readonly store: Pick<Store, 'performance' | 'feedback'>
  readonly catalog: Pick<CatalogHandle, 'resolve'>
  readonly runtime: Runtime
}

export function createPerformance(options: PerformanceOptions): PerformanceApi {
  return {
    report: (query = {}, call) => report(options, query, call),
    drift: (query = {}, call) => listDrift(options, query, call),
    quality: (query = {}, call) => modelQuality(options, query, call),
    reasons: (query = {}, call) => sumReasons(options, query, call),
    usageOf: (modelId, query = {}, call) => usageOf(options, { ...query, modelId }, call),
  }
}

async function report(
  { store, runtime }: PerformanceOptions,
  query: PerformanceQuery,
  call?: CallOptions,
): Promise<PerformanceReport> {
  const filter = toFilter(query)
  const groupBy = groupsOf(query)
  assertTimes(query)
  const bounds = dayBounds(query, runtime.now())
  const rows = await readRows({ store, filter, bounds, groupBy }, call)
  const { fromDay, toDay } = bounds
  return Object.freeze({
    tenantId: filter.tenantId,
    fromDay,
    toDay,
    ratingsFromMonth: fromDay?.slice(0, 7),
    ratingsToMonth: toDay?.slice(0, 7),
    rows,
  })
}

async function usageOf(
  { store, catalog }: PerformanceOptions,
  { modelId: name, ...query }: UsageQuery & { readonly modelId: string },
  call?: CallOptions,
): Promise<ModelUsage> {
  const { modelId, unknown } = await idOf(catalog, name, call)
  const filter = toFilter({ ...query, modelId })
  const rowsBy = (groupBy: PerformanceGroup): Promise<readonly PerformanceRow[]> =>
    readRows({ store, filter, bounds: {}, groupBy: [groupBy] }, call)
  const [byModel, byTaskType, byMonth] = await Promise.all(
    (['model', 'task-type', 'month'] as const).map(rowsBy),
  )
  const [overall] = byModel ?? []
  if (overall === undefined && unknown !== undefined) throw unknown
  return Object.freeze({
    modelId,
    overall: overall ?? neverUsed(modelId),
    byTaskType: byTaskType ?? [],
    byMonth: byMonth ?? [],
  })
}

interface RowQuery {
  readonly store: PerformanceOptions['store']
  readonly filter: PerformanceFilter
  readonly bounds: DayBounds
  readonly groupBy: readonly PerformanceGroup[]
}

async function readRows(
  { store, filter, bounds, groupBy }: RowQuery,
  call?: CallOptions,
): Promise<readonly PerformanceRow[]> {
  const months = { from: bounds.fromDay?.slice(0, 7), to: bounds.toDay?.slice(0, 7) }
  // A rating belongs to a month, and to no day of it.
  const [figures, ratings] = await Promise.all([
    store.performance.sumFigures({ ...filter, ...bounds, groupBy }, call),
    groupBy.includes('day')
      ? []
      : store.performance.sumRatings({ ...filter, ...months, groupBy }, call),
  ])
  return toRows(figures, ratings)
}

/** What a name means now; a model that is gone still has its past, under the id it had. */
async function idOf(
  catalog: PerformanceOptions['catalog'],
  name: string,
  call?: CallOptions,
): Promise<{ readonly modelId: string; readonly unknown?: ImrsError }> {
  try {
    return { modelId: (await catalog.resolve({ model: name }, call)).model.id }
  } catch (error) {
    if (ImrsError.is(error) && error.code === 'unknown-model') {
      return { modelId: name, unknown: error }
    }
    throw error
  }
}

function neverUsed(modelId: string): ModelUsage['overall'] {
  const none = { requests: 0, calls: 0, failures: 0, aborted: 0, failuresByKind: {} }
  const unknown = { unpricedCalls: 0, unmeasuredCalls: 0 }
  return { modelId, ...none, ...unknown, costNanoUsd: 0, inputTokens: 0, outputTokens: 0 }
}

/** Whose figures are asked for. @throws ImrsError `invalid-request`. */
export function toFilter({
  tenantId = DEFAULT_TENANT_ID,
  agentId,
  modelId,
  taskType,
}: PerformanceQuery): PerformanceFilter {
  assertHostId('tenantId', tenantId)
  if (agentId !== undefined) assertHostId('agentId', agentId)
  return { tenantId, agentId, modelId, taskType }
}

function groupsOf({ groupBy = ['model'] }: PerformanceQuery): readonly PerformanceGroup[] {
  for (const group of groupBy) {
    if (PERFORMANCE_GROUPS.includes(group)) continue
    const known = PERFORMANCE_GROUPS.join(', ')
    const message = `\`groupBy\` must hold only ${known}; it has ${JSON.stringify(group)}`
    throw new ImrsError('invalid-request', message, { field: 'groupBy' })
  }
  return groupBy
}

function assertTimes({ fromMs, toMs }: PerformanceQuery): void {
  assertTime('fromMs', fromMs)
  assertTime('toMs', toMs)
  if (fromMs === undefined || toMs === undefined || fromMs < toMs) return
  const message = `\`toMs\` must be after \`fromMs\`; they are ${toMs} and ${fromMs}`
  throw new ImrsError('invalid-request', message, { field: 'toMs' })
}
