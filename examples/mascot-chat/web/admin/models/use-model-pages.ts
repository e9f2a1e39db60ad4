import { useState } from 'react'

import { useLoad } from '../api/use-api.ts'
import type { Loading } from '../api/use-api.ts'
import type { ModelPage } from '../api/wire.ts'
import { toQuery } from './model-query.ts'
import type { ModelView } from './model-query.ts'

export interface ModelPages {
  readonly page: Loading<ModelPage>
  /** From 1. */
  readonly number: number
  /** Absent on the first page. */
  readonly previous: (() => void) | undefined
  /** Absent on the last one. */
  readonly next: (() => void) | undefined
}

interface Trail {
  readonly key: string
  /** Where each page after the first begins. */
  readonly cursors: readonly string[]
}

/** One page of models at a time, by cursors, so that the last page is as quick as the first. */
export function useModelPages(view: ModelView): ModelPages {
  const key = JSON.stringify(view)
  const [trail, setTrail] = useState<Trail>({ key, cursors: [] })
  // Another filter or order begins at its first page, also one that was left on a later page.
  if (trail.key !== key) setTrail({ key, cursors: [] })
  const cursors = trail.key === key ? trail.cursors : []
  const cursor = cursors.at(-1)
  const page = useLoad(`${key} ${cursor}`, (api, sending) =>
    api.models(toQuery(view, cursor), sending),
  )
  const nextCursor = page.data?.next_cursor
  return {
    page,
    number: cursors.length + 1,
    previous:
      cursors.length === 0 ? undefined : () => setTrail({ key, cursors: cursors.slice(0, -1) }),
    next:
      nextCursor === null || nextCursor === undefined || page.isLoading
        ? undefined
        : () => setTrail({ key, cursors: [...cursors, nextCursor] }),
  }
}
