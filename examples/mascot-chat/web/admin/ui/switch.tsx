import type { ReactElement } from 'react'

export interface SwitchProps {
  /** What is switched, for people who do not see it. */
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly isDisabled?: boolean | undefined
}

/** On or off, at once. */
export function Switch({ label, isOn, onChange, isDisabled }: SwitchProps): ReactElement {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={isOn}
      aria-label={label}
      disabled={isDisabled}
      onClick={() => onChange(!isOn)}
    >
      <span className="switch-track" aria-hidden="true">
        <span className="switch-knob" />
      </span>
      <span aria-hidden="true">{isOn ? 'On' : 'Off'}</span>
    </button>
  )
}
