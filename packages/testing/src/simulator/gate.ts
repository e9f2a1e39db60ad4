import { untilAborted } from './until-aborted.ts'

/** A barrier between a test and the simulator: a stalled answer goes on when the test opens it. */
export interface Gate {
  /** Resolves as soon as an answer has come to the gate: the client is waiting from here on. */
  readonly reached: Promise<void>
  readonly isOpen: boolean
  /** Lets every waiting and every later answer through. Opening twice does nothing. */
  open(): void
  /**
   * Marks the gate as reached and waits until it is open.
   *
   * Rejects with the signal's reason when the client leaves or the simulator closes first.
   */
  pass(signal: AbortSignal): Promise<void>
}

/** Makes a closed {@link Gate}. */
export function createGate(): Gate {
  const reached = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  let isOpen = false
  return {
    reached: reached.promise,
    get isOpen(): boolean {
      return isOpen
    },
    open: () => {
      isOpen = true
      opened.resolve()
    },
    pass: (signal) => {
      reached.resolve()
      return untilAborted(opened.promise, signal)
    },
  }
}
