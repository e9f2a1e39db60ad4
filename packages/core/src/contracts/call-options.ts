/** The last parameter of every asynchronous method of a contract. */
export interface CallOptions {
  /** Stops the call; it then rejects with the signal's reason, and whatever it had begun outside is stopped too. */
  readonly signal?: AbortSignal | undefined
}
