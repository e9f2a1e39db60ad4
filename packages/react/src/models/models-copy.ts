import type { ModelsResponse } from '@imrs/core'

/** The last good list as it is kept in the storage. */
export interface ModelsCopy {
  readonly version: 1
  readonly atMs: number
  readonly etag: string | null
  readonly response: ModelsResponse
  /** When models that came after the first list were seen first, by id. */
  readonly firstSeenMs: Readonly<Record<string, number>>
}

/** For how long a model is new. */
const NEW_FOR_MS = 30 * 24 * 3_600_000
/** For how long a copy is shown. */
export const COPY_FOR_MS: number = 24 * 3_600_000

export function isModelsCopy(value: unknown): value is ModelsCopy {
  const copy = value as Partial<ModelsCopy> | null
  return copy?.version === 1 && Array.isArray(copy.response?.models)
}

/** A list that has come, with what is new in it compared to the one before. */
export function nextCopy(
  before: ModelsCopy | undefined,
  { response, etag, atMs }: Pick<ModelsCopy, 'response' | 'etag' | 'atMs'>,
): ModelsCopy {
  const known = new Set(before?.response.models.map(({ id }) => id))
  const firstSeenMs: Record<string, number> = {}
  for (const { id } of response.models) {
    const seenMs = before?.firstSeenMs[id] ?? (known.size === 0 || known.has(id) ? 0 : atMs)
    if (atMs - seenMs < NEW_FOR_MS) firstSeenMs[id] = seenMs
  }
  return { version: 1, atMs, etag, response, firstSeenMs }
}
