import type { ReactElement, ReactNode } from 'react'

import type { Loading } from '../api/use-api.ts'

export interface LoadedProps<Data> {
  readonly of: Loading<Data>
  /** What is being read, for people: `the providers`. */
  readonly what: string
  readonly children: (data: Data) => ReactNode
}

/** Something that was read; until then that it is read, and why it could not be. */
export function Loaded<Data>({ of, what, children }: LoadedProps<Data>): ReactElement {
  const { data, error, isLoading, reload } = of
  if (error !== undefined && data === undefined) {
    return (
      <div className="notice notice-bad" role="alert">
        <p>
          <strong>Could not read {what}.</strong> {error.message}
        </p>
        <button type="button" onClick={reload}>
          Try again
        </button>
      </div>
    )
  }
  if (data === undefined) {
    return (
      <p className="waiting" role="status">
        Reading {what} …
      </p>
    )
  }
  return (
    <div className="loaded" aria-busy={isLoading}>
      {children(data)}
    </div>
  )
}

/** Why there is nothing to see, and what to do about it. */
export function Empty({ children }: { readonly children: ReactNode }): ReactElement {
  return <div className="empty">{children}</div>
}

/** An action that did not work. Says nothing when there is no error. */
export function Failure({ error }: { readonly error: Error | undefined }): ReactElement | null {
  if (error === undefined) return null
  return (
    <p className="notice notice-bad" role="alert">
      {error.message}
    </p>
  )
}
