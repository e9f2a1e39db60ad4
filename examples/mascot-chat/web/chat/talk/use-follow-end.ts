import { useCallback, useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

const NEAR_PX = 80

export interface FollowEnd {
  readonly area: RefObject<HTMLElement | null>
  readonly content: RefObject<HTMLOListElement | null>
  /** Whether the reader is somewhere else than at the end. */
  readonly isAway: boolean
  readonly toEnd: () => void
}

/** Follows the conversation as it grows, until the reader scrolls away from its end. */
export function useFollowEnd(): FollowEnd {
  const area = useRef<HTMLElement>(null)
  const content = useRef<HTMLOListElement>(null)
  const isFollowing = useRef(true)
  const [isAway, setAway] = useState(false)
  const toEnd = useCallback(() => {
    isFollowing.current = true
    area.current?.scrollTo({ top: area.current.scrollHeight })
  }, [])
  useEffect(() => {
    const place = area.current
    if (place === null) return undefined
    const isAtEnd = (): boolean =>
      place.scrollHeight - place.scrollTop - place.clientHeight < NEAR_PX
    const onScroll = (): void => {
      isFollowing.current = isAtEnd()
      setAway(!isFollowing.current)
    }
    const onGrow = (): void => {
      // An empty conversation shows its greeting from the top.
      if (content.current?.childElementCount === 0) place.scrollTo({ top: 0 })
      else if (isFollowing.current) place.scrollTo({ top: place.scrollHeight })
      setAway(!isFollowing.current && !isAtEnd())
    }
    place.addEventListener('scroll', onScroll)
    const observer = new ResizeObserver(onGrow)
    observer.observe(place)
    if (content.current !== null) observer.observe(content.current)
    return () => {
      place.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [])
  return { area, content, isAway, toEnd }
}
