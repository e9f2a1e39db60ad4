import type { ReactElement } from 'react'

import { timeText } from '../ui/format.ts'

/** A time, on one line. */
export function When({ at }: { readonly at: string }): ReactElement {
  return (
    <time className="when" dateTime={at}>
      {timeText(at)}
    </time>
  )
}
