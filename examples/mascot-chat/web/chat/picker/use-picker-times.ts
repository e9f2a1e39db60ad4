import { useModel } from '@imrs/react'
import { useEffect, useRef, useState } from 'react'
import type { SyntheticEvent } from 'react'

import { PickerTimes } from './picker-times.ts'

const TRIGGER = '[data-imrs="trigger"]'
const OPTION = '[data-imrs="option"]'
const SEARCH = '[data-imrs="search"]'

/** To be put around the picker. */
export interface PickerListeners {
  readonly onPointerDownCapture: (event: SyntheticEvent) => void
  readonly onKeyDownCapture: (event: SyntheticEvent) => void
  readonly onClickCapture: (event: SyntheticEvent) => void
  /** Of the search box: what the picker shows in a portal is heard here all the same. */
  readonly onInput: (event: SyntheticEvent) => void
}

/** Measures how long the picker takes to open, to filter and to store a choice. */
export function usePickerTimes(): PickerListeners {
  const [times] = useState(() => new PickerTimes())
  const forget = useRef(() => {})
  const lastInput = useRef<Event>(undefined)
  useEffect(() => {
    addEventListener('pagehide', times.send)
    return () => {
      removeEventListener('pagehide', times.send)
      forget.current()
    }
  }, [times])
  useSelectTimes(times)
  const onPress = ({ target, nativeEvent }: SyntheticEvent): void => {
    const trigger = target instanceof Element ? target.closest(TRIGGER) : null
    if (trigger === null || trigger.getAttribute('aria-expanded') === 'true') return
    forget.current()
    forget.current = afterOption(() => times.add('open', performance.now() - nativeEvent.timeStamp))
  }
  const onInput = ({ target, nativeEvent }: SyntheticEvent): void => {
    if (!(target instanceof Element) || !target.matches(SEARCH)) return
    // One that comes through two portals is heard twice.
    if (lastInput.current === nativeEvent) return
    lastInput.current = nativeEvent
    afterFrame(() => times.add('filter', performance.now() - nativeEvent.timeStamp))
  }
  return {
    onPointerDownCapture: onPress,
    onKeyDownCapture: onPress,
    onClickCapture: onPress,
    onInput,
  }
}

/** From the choice to the choice that is stored. */
function useSelectTimes(times: PickerTimes): void {
  const { isSaving, isLocal } = useModel()
  const began = useRef<number>(undefined)
  useEffect(() => {
    if (isSaving) {
      began.current ??= performance.now()
      return
    }
    if (began.current !== undefined && !isLocal) {
      times.add('select', performance.now() - began.current)
    }
    began.current = undefined
  }, [isSaving, isLocal, times])
}

/** Calls back behind the frame that shows options. Returns what ends the waiting. */
function afterOption(done: () => void): () => void {
  const observer = new MutationObserver(() => {
    if (document.querySelector(OPTION) === null) return
    observer.disconnect()
    afterFrame(done)
  })
  observer.observe(document.body, { childList: true, subtree: true })
  return () => observer.disconnect()
}

/** Behind the next frame: its callbacks run before it is drawn. */
function afterFrame(done: () => void): void {
  requestAnimationFrame(() => setTimeout(done))
}
