import type { ClientContext } from '../../client/imrs-client.ts'
import { createStore } from '../../client/store.ts'
import type { Store } from '../../client/store.ts'
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
  readonly p50LatencyMs?: number | undefined
  readonly p50FirstPartMs: number | undefined
}

export interface QualityState {
  /** With fewer ratings for a kind of task, a model is not in it; `undefined` while nothing is told. */
  readonly minRatings: number | undefined
  /** By model id. */
  readonly models: ReadonlyMap<string, readonly TaskPerformance[]>
}

/** The answer of `GET /api/models/quality`. */
interface QualityResponse {
  readonly min_ratings: number
  readonly items: readonly {
    readonly model: string
    readonly task_type: string
    readonly rating: number
    readonly low: number
    readonly high: number
    readonly ratings: number
    readonly first_part_ms: number | null
  }[]
}

/** Ratings come slowly: within this long nothing is asked again. */
const FRESH_FOR_MS = 600_000
const NOTHING: QualityState = { minRatings: undefined, models: new Map() }

/**
 * What was measured of all models, read with one request when somebody looks. It stays as it is
 * where the server tells nothing, since it is older or has that turned off, and where it fails.
 */
export function modelQuality({ http, runtime }: ClientContext): Store<QualityState> {
  let askedAtMs = Number.NEGATIVE_INFINITY
  const read = async (): Promise<void> => {
    askedAtMs = runtime.now()
    try {
      store.update(toState(await http.json<QualityResponse>('/api/models/quality', { tries: 2 })))
    } catch (error) {
      const isForNow = error instanceof ImrsClientError && error.isRetryable
      if (isForNow) askedAtMs = Number.NEGATIVE_INFINITY
    }
  }
  const store = createStore<QualityState>(NOTHING, () => {
    if (runtime.now() - askedAtMs > FRESH_FOR_MS) void read()
    return () => {}
  })
  return store
}

function toState({ min_ratings: minRatings, items }: QualityResponse): QualityState {
  const models = new Map<string, TaskPerformance[]>()
  for (const { model, task_type: taskType, ratings, ...item } of items) {
    const known = models.get(model) ?? []
    known.push({
      taskType,
      rating: item.rating,
      ratingLow: item.low,
      ratingHigh: item.high,
      ratingCount: ratings,
      p50FirstPartMs: item.first_part_ms ?? undefined,
    })
    models.set(model, known)
  }
  return { minRatings, models }
}
