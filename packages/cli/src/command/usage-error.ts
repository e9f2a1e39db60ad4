/** The command line makes no sense; the message says what to write. The command ends with code 2. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
}

/** The command was understood and could not be done; the message says why, and what to do. Code 1. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
}
