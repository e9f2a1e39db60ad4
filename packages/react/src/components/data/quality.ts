import type { ClientContext } from '../../client/imrs-client.ts'
import { createResource } from '../../client/resource.ts'
import type { Resource } from '../../client/resource.ts'
import { ImrsClientError } from '../../http/client-error.ts'

/** How a model did at one kind of task. */
export interface TaskPerformance {
  readonly taskType: string
  /** 0 to 1; `undefined` without ratings. */
  readonly rating: number | undefined
  /** The 95 % interval of the rating. */
  readonly ratingLow: number | undefined
  readonly ratingHigh: number | undefined
  readonly ratingCount: number
  /** Milliseconds, of half of the answers. */
  readonly p50LatencyMs: number | undefined
  readonly p50FirstPartMs: number | undefined
}

interface PerformanceRow {
  readonly task_type: string | null
  readonly avg_rating: number | null
  readonly rating_low: number | null
  readonly rating_high: number | null
  readonly rating_count: number
  readonly p50_latency_ms: number | null
  readonly p50_first_part_ms: number | null
}

export interface PerformanceResources {
  /** The same object for the same model. */
  readonly of: (modelId: string) => Resource<readonly TaskPerformance[]>
}

/**
 * What was measured of models, each read when somebody looks. The server tells it to admins of the
 * tenant: others are asked for once, and see nothing.
 */
export function performanceResources({ http }: ClientContext): PerformanceResources {
  const resources = new Map<string, Resource<readonly TaskPerformance[]>>()
  let isRefused = false
  const load = async (modelId: string): Promise<readonly TaskPerformance[]> => {
    if (isRefused) return []
    const query = `group_by=model,task-type&model=${encodeURIComponent(modelId)}`
    const path = `/api/v2/admin/models/performance?${query}`
    try {
      const body = await http.json<{ readonly performance: readonly PerformanceRow[] }>(path)
      return body.performance.map(toPerformance)
    } catch (error) {
      if (!(error instanceof ImrsClientError) || error.code !== 'forbidden') throw error
      isRefused = true
      return []
    }
  }
  return {
    of: (modelId) => {
      const known = resources.get(modelId) ?? createResource(() => load(modelId))
      resources.set(modelId, known)
      return known
    },
  }
}

function toPerformance(row: PerformanceRow): TaskPerformance {
  return {
    taskType: row.task_type ?? '',
    rating: row.avg_rating ?? undefined,
    ratingLow: row.rating_low ?? undefined,
    ratingHigh: row.rating_high ?? undefined,
    ratingCount: row.rating_count,
    p50LatencyMs: row.p50_latency_ms ?? undefined,
    p50FirstPartMs: row.p50_first_part_ms ?? undefined,
  }
}
