import type { ReactElement } from 'react'

export interface PagerProps {
  readonly number: number
  readonly previous: (() => void) | undefined
  readonly next: (() => void) | undefined
  /** What is paged through, where a screen has several. Default: it has one. */
  readonly of?: string | undefined
  /** What the ways are called. Default: previous and next. */
  readonly names?: readonly [previous: string, next: string] | undefined
}

/** Of what has a time, the newest first. */
export const BY_AGE = ['Newer', 'Older'] as const

/** The way to the pages before and after. The buttons stay where they are. */
export function Pager(props: PagerProps): ReactElement {
  const { number, previous, next, of, names = ['Previous', 'Next'] } = props
  return (
    <nav className="pager" aria-label={of === undefined ? 'Pages' : `Pages of ${of}`}>
      <button type="button" aria-disabled={previous === undefined} onClick={() => previous?.()}>
        {names[0]}
      </button>
      <span aria-live="polite">Page {number}</span>
      <button type="button" aria-disabled={next === undefined} onClick={() => next?.()}>
        {names[1]}
      </button>
    </nav>
  )
}
