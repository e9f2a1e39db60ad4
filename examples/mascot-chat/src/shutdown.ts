/** What the second signal of the same kind ends the process with: 128 and the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

/** Closes on the first SIGINT or SIGTERM and exits with 0; exits at once on the second. */
export function closeOnSignal(close: () => Promise<void>): void {
  let isClosing = false
  const stop = (signal: keyof typeof EXIT_CODES): void => {
    if (isClosing) process.exit(EXIT_CODES[signal])
    isClosing = true
    console.log('Stopping: answers in flight may end first. Once more to stop at once.')
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`Stopped with a failure: ${String(error)}`)
        process.exit(1)
      },
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
