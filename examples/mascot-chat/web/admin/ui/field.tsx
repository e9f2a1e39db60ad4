import { useId } from 'react'
import type { ReactElement, ReactNode } from 'react'

/** What ties a control to its label, its hint and what is wrong with it. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

export interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  /** What the server says is wrong with it. */
  readonly error?: string | undefined
  readonly children: (control: FieldControl) => ReactNode
}

/** A control with its label, hint and error. */
export function Field({ label, hint, error, children }: FieldProps): ReactElement {
  const id = useId()
  const hintId = hint === undefined ? undefined : `${id}-hint`
  const errorId = error === undefined ? undefined : `${id}-error`
  const described = [errorId, hintId].filter((each) => each !== undefined).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {error !== undefined && (
        <p className="field-error" id={errorId} role="alert">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p className="field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  )
}
