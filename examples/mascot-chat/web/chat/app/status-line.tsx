import { useStore } from '@imrs/react'
import { createContext, useContext, useEffect } from 'react'
import type { ReactElement } from 'react'

import { createStore } from '../ui/store.ts'
import type { OwnStore } from '../ui/store.ts'

const SHOWN_MS = 6000

interface Status {
  readonly text: string
  readonly tone: 'plain' | 'good' | 'bad'
  /** Whether it is there until something else is said. */
  readonly stays: boolean
}

export type Say = (text: string, options?: Partial<Omit<Status, 'text'>>) => void

const SILENCE: Status = { text: '', tone: 'plain', stays: true }

/** What the page has to say now, in one line. */
export class StatusNews {
  readonly store: OwnStore<Status> = createStore(SILENCE)
  readonly say: Say = (text, options = {}) =>
    this.store.update({ ...SILENCE, stays: false, ...options, text })
}

const StatusContext = createContext(new StatusNews())

export function useSay(): Say {
  return useContext(StatusContext).say
}

/** The line above the message box: a live region that is always there, so that each news is read once. */
export function StatusLine(): ReactElement {
  const { store } = useContext(StatusContext)
  const status = useStore(store)
  useEffect(() => {
    if (status.stays) return undefined
    const timer = setTimeout(() => store.update(SILENCE), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [status, store])
  return (
    <p className="dock-status" id="dock-status" role="status" data-tone={status.tone}>
      {status.text}
    </p>
  )
}
