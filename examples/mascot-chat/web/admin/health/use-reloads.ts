import { useCatalogEvents } from '@imrs/react'
import { useEffect, useRef } from 'react'

const RELOAD_MS = 60_000

/** Calls when an event tells that health changed, and each minute: other processes change it too. */
export function useReloads(reload: () => void): void {
  const { events } = useCatalogEvents()
  const newest = events.find(({ type }) => type === 'provider-health-changed')
  const seen = useRef(newest)
  useEffect(() => {
    if (seen.current === newest) return
    seen.current = newest
    reload()
  }, [newest, reload])
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) reload()
    }, RELOAD_MS)
    return () => clearInterval(timer)
  }, [reload])
}
