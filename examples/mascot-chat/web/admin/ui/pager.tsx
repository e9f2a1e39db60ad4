import type { ReactElement } from 'react'

export interface PagerProps {
  readonly number: number
  readonly previous: (() => void) | undefined
  readonly next: (() => void) | undefined
}

/** The way to the pages before and after. The buttons stay where they are. */
export function Pager({ number, previous, next }: PagerProps): ReactElement {
  return (
    <nav className="pager" aria-label="Pages">
      <button type="button" aria-disabled={previous === undefined} onClick={() => previous?.()}>
        Previous
      </button>
      <span aria-live="polite">Page {number}</span>
      <button type="button" aria-disabled={next === undefined} onClick={() => next?.()}>
        Next
      </button>
    </nav>
  )
}
