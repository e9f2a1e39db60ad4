import type { ReactElement, ReactNode } from 'react'

/** How something is. The mark differs in shape as well as in colour. */
export type Tone = 'good' | 'warning' | 'bad' | 'quiet'

const MARKS: Readonly<Record<Tone, string>> = { good: '●', warning: '▲', bad: '■', quiet: '○' }

export interface BadgeProps {
  readonly tone: Tone
  readonly children: ReactNode
}

/** A state in a word. */
export function Badge({ tone, children }: BadgeProps): ReactElement {
  return (
    <span className="badge" data-tone={tone}>
      <span aria-hidden="true">{MARKS[tone]}</span> {children}
    </span>
  )
}
