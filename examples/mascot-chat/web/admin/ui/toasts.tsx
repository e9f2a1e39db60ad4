import { createContext, useCallback, useContext, useRef, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'

/** Something that was done. */
export interface Toast {
  readonly text: string
  /** Takes it back. Default: it cannot be. */
  readonly undo?: (() => Promise<void>) | undefined
  /** Whether it went wrong. Default: it did not. */
  readonly isBad?: boolean | undefined
}

const ToastContext = createContext<(toast: Toast) => void>(() => {})

/** Tells what was done, with a way back. The last one stays until the next or until it is closed. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext)
}

interface Shown extends Toast {
  readonly key: number
}

/** The place of toasts. It is always there, so that each is read out. */
export function Toasts({ children }: { readonly children: ReactNode }): ReactElement {
  const [shown, setShown] = useState<Shown>()
  const count = useRef(0)
  const show = useCallback((toast: Toast) => setShown({ ...toast, key: (count.current += 1) }), [])
  const undo = async (): Promise<void> => {
    try {
      await shown?.undo?.()
      show({ text: 'Undone.' })
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      show({ text: `It could not be undone. ${why}`, isBad: true })
    }
  }
  return (
    <ToastContext value={show}>
      {children}
      <div className="toasts" role="status">
        {shown !== undefined && (
          <div key={shown.key} className="toast" data-bad={shown.isBad}>
            <span>{shown.text}</span>
            {shown.undo !== undefined && (
              <button type="button" onClick={() => void undo()}>
                Undo
              </button>
            )}
            <button type="button" aria-label="Close" onClick={() => setShown(undefined)}>
              ✕
            </button>
          </div>
        )}
      </div>
    </ToastContext>
  )
}
