import { startTransition, useCallback, useEffect, useState } from 'react'

import { createStore } from '../../client/store.ts'
import type { OwnStore } from '../../client/store.ts'
import { useImrsClient } from '../../hooks/model-provider.tsx'

/** What {@link useWarmUp} gives. */
export interface WarmUp {
  /** Whether the closed popup is rendered, out of sight. */
  readonly isWarming: boolean
  /** To be called when that is done. */
  readonly end: () => void
}

/**
 * Has the closed popup rendered once, when the page has nothing else to do, while it waits for the list
 * for example: a browser reads code when it first runs, which takes a quarter of the first opening. Once
 * for each client, and not where the page has no `requestIdleCallback`.
 */
export function useWarmUp(isClosed: boolean): WarmUp {
  const warmth = useImrsClient().part(warmthOfPage)
  const [isWarming, setWarming] = useState(false)
  useEffect(() => {
    if (!isClosed || warmth.getSnapshot().isWarm || !('requestIdleCallback' in globalThis)) return
    const handle = requestIdleCallback(() => {
      if (warmth.getSnapshot().isWarm) return
      warmth.update({ isWarm: true })
      startTransition(() => setWarming(true))
    })
    return () => cancelIdleCallback(handle)
  }, [isClosed, warmth])
  const end = useCallback(() => setWarming(false), [])
  return { isWarming, end }
}

interface Warmth {
  readonly isWarm: boolean
}

function warmthOfPage(): OwnStore<Warmth> {
  return createStore<Warmth>({ isWarm: false })
}

/** Stands in the popup, and tells when it was rendered. */
export function Warmed({ onWarm }: { readonly onWarm: () => void }): null {
  useEffect(onWarm, [onWarm])
  return null
}
