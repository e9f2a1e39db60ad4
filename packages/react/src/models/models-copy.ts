import type { ModelsResponse } from '@imrs/core'

/** The last good list as it is kept in the storage. */
export interface ModelsCopy {
  readonly version: 1
  readonly atMs: number
  readonly etag: string | null
  readonly response: ModelsResponse
}

/** For how long a copy is shown. */
export const COPY_FOR_MS: number = 24 * 3_600_000

export function isModelsCopy(value: unknown): value is ModelsCopy {
  const copy = value as Partial<ModelsCopy> | null
  return copy?.version === 1 && Array.isArray(copy.response?.models)
}
