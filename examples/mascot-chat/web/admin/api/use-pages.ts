import { useState } from 'react'

import type { AdminApi } from './admin-api.ts'
import { useLoad } from './use-api.ts'
import type { Cancellable, Loading } from './use-api.ts'

/** Where a page begins, as the page before it said. */
export type Cursor = string | number

export interface PageSource<Page> {
  /** Without a cursor: the first page. */
  readonly read: (api: AdminApi, sending: Cancellable, cursor: Cursor | undefined) => Promise<Page>
  /** Where the page after this one begins. Default: this is the last. */
  readonly nextOf: (page: Page) => Cursor | null | undefined
}

export interface Pages<Page> {
  readonly page: Loading<Page>
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
  readonly cursors: readonly Cursor[]
}

/** One page at a time, by cursors, so that the last page is as quick as the first. */
export function usePages<Page>(key: string, { read, nextOf }: PageSource<Page>): Pages<Page> {
  const [trail, setTrail] = useState<Trail>({ key, cursors: [] })
  // Another filter or order begins at its first page, also one that was left on a later page.
  if (trail.key !== key) setTrail({ key, cursors: [] })
  const cursors = trail.key === key ? trail.cursors : []
  const cursor = cursors.at(-1)
  const page = useLoad(`${key} ${cursor}`, (api, sending) => read(api, sending, cursor))
  const nextCursor = page.data === undefined ? undefined : nextOf(page.data)
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
