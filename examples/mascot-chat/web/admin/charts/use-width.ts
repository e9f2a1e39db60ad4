import { useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

const FIRST_WIDTH = 640
const LEAST_WIDTH = 200

/** The width of an element in pixels, as it changes. */
export function useWidth(): {
  readonly ref: RefObject<HTMLDivElement | null>
  readonly width: number
} {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(FIRST_WIDTH)
  // Before the first picture, so that nothing is drawn twice.
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    setWidth(Math.max(LEAST_WIDTH, element.clientWidth))
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(Math.max(LEAST_WIDTH, Math.floor(entry.contentRect.width)))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { ref, width }
}
