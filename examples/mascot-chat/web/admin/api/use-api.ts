import { useImrsClient } from '@imrs/react'
import type { ImrsClientError } from '@imrs/react'
import { useCallback, useEffect, useRef, useState } from 'react'

import { adminApi } from './admin-api.ts'
import type { AdminApi, Sending } from './admin-api.ts'

/** The management API of whoever signed in. */
export function useApi(): AdminApi {
  return useImrsClient().part(adminApi)
}

export interface Loading<Data> {
  /** What was read last; stays while it is read anew. */
  readonly data: Data | undefined
  readonly error: ImrsClientError | undefined
  readonly isLoading: boolean
  readonly reload: () => void
  /** Puts another value in the place of what was read. */
  readonly setData: (change: (data: Data) => Data) => void
}

/**
 * Reads something when the component comes, and again when `key` changes. An answer that was overtaken
 * by a later request is dropped, and its request ended.
 */
export function useLoad<Data>(
  key: string,
  load: (api: AdminApi, sending: Cancellable) => Promise<Data>,
): Loading<Data> {
  const api = useApi()
  const [state, setState] = useState<Read<Data>>({ isLoading: true })
  const [turn, setTurn] = useState(0)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    const leave = new AbortController()
    setState((before) => ({ ...before, isLoading: true }))
    latest.current(api, { signal: leave.signal }).then(
      (data) => {
        if (!leave.signal.aborted) setState({ data, isLoading: false })
      },
      (error: ImrsClientError) => {
        if (!leave.signal.aborted) setState({ error, isLoading: false })
      },
    )
    return () => leave.abort()
  }, [api, key, turn])
  const reload = useCallback(() => setTurn((count) => count + 1), [])
  const setData = useCallback((change: (data: Data) => Data) => {
    setState((before) =>
      before.data === undefined ? before : { ...before, data: change(before.data) },
    )
  }, [])
  return { data: state.data, error: state.error, isLoading: state.isLoading, reload, setData }
}

/** What {@link useLoad} hands on: the signal ends with the component. */
export interface Cancellable extends Sending {
  readonly signal: AbortSignal
}

interface Read<Data> {
  readonly data?: Data
  readonly error?: ImrsClientError
  readonly isLoading: boolean
}

export interface Action<Input extends readonly unknown[]> {
  readonly run: (...input: Input) => Promise<boolean>
  readonly isRunning: boolean
  readonly error: ImrsClientError | undefined
}

/** Does something when asked to, one at a time, and keeps what went wrong. `run` never rejects. */
export function useAction<Input extends readonly unknown[]>(
  work: (...input: Input) => Promise<void>,
): Action<Input> {
  const [isRunning, setRunning] = useState(false)
  const [error, setError] = useState<ImrsClientError>()
  const isBusy = useRef(false)
  const run = async (...input: Input): Promise<boolean> => {
    if (isBusy.current) return false
    isBusy.current = true
    setRunning(true)
    setError(undefined)
    try {
      await work(...input)
      return true
    } catch (cause) {
      setError(cause as ImrsClientError)
      return false
    } finally {
      isBusy.current = false
      setRunning(false)
    }
  }
  return { run, isRunning, error }
}
