import type { ComponentPropsWithoutRef, CSSProperties, ReactElement, ReactNode } from 'react'

/** Reads, and is not seen, without any style sheet. */
const HIDDEN: CSSProperties = {
  position: 'absolute',
  inlineSize: 1,
  blockSize: 1,
  margin: -1,
  padding: 0,
  border: 0,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}

export function VisuallyHidden({ children }: { readonly children: ReactNode }): ReactElement {
  return <span style={HIDDEN}>{children}</span>
}

/** A place that is told aloud. It stays where it is and changes its text, so that nothing is missed. */
export function LiveText({ part, children }: PartProps): ReactElement {
  return (
    <div data-imrs={part} role="status">
      {children}
    </div>
  )
}

export interface PartProps {
  readonly part: string
  readonly children?: ReactNode
}

export function ToggleButton({
  part,
  isOn,
  ...props
}: ComponentPropsWithoutRef<'button'> & {
  readonly part: string
  readonly isOn: boolean
}): ReactElement {
  const on = isOn ? { 'data-on': '' } : {}
  return <button type="button" data-imrs={part} aria-pressed={isOn} {...on} {...props} />
}

/** A word beside a name. */
export function Badge({
  kind,
  text,
}: {
  readonly kind: string
  readonly text: string
}): ReactElement {
  return (
    <span data-imrs="badge" data-badge={kind}>
      {' '}
      {text}
    </span>
  )
}

/** A mark that says by its shape what its word says; the word is there for all. */
export function StatusDot({ status }: { readonly status: string }): ReactElement {
  return (
    <span data-imrs="status-dot" data-status={status} aria-hidden="true">
      {SHAPES[status] ?? '●'}
    </span>
  )
}

const SHAPES: Readonly<Record<string, string>> = {
  available: '●',
  healthy: '●',
  limited: '◐',
  degraded: '◐',
  deprecated: '◇',
  unavailable: '✕',
  error: '✕',
}
