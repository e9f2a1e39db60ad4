import { useEffect, useRef } from 'react'
import type { ReactElement, RefObject } from 'react'

import { Icon } from '../ui/icon.tsx'

interface SendButtonProps {
  readonly isAnswering: boolean
  readonly isEmpty: boolean
  readonly onStop: () => void
  readonly box: RefObject<HTMLTextAreaElement | null>
}

/** One button, so that the focus stays on it while it changes what it does. */
export function SendButton({ isAnswering, isEmpty, onStop, box }: SendButtonProps): ReactElement {
  const button = useRef<HTMLButtonElement>(null)
  const isDisabled = !isAnswering && isEmpty
  useEffect(() => {
    // A button that is disabled loses the focus.
    if (isDisabled && document.activeElement === button.current) box.current?.focus()
  }, [isDisabled, box])
  return (
    <button
      ref={button}
      className={isAnswering ? 'send stop' : 'send'}
      type={isAnswering ? 'button' : 'submit'}
      disabled={isDisabled}
      onClick={(event) => {
        if (!isAnswering) return
        event.preventDefault()
        onStop()
      }}
    >
      <Icon name={isAnswering ? 'stop' : 'up'} />
      <span className="visually-hidden">{isAnswering ? 'Stop the answer' : 'Send'}</span>
    </button>
  )
}
