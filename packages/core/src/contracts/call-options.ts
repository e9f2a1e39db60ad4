/** The last parameter of every asynchronous method of a contract. */
export interface CallOptions {
  /** Stops the call; it then rejects with the signal's reason, and whatever it had begun outside is stopped too. */
  readonly signal?: AbortSignal | undefined
}

/** Options of a write that may be done for a person. */
export interface AuditedOptions extends CallOptions {
  /** Who and when. With it the write adds an `audit_log` row in its own transaction. */
  readonly audit?: { readonly by?: string | undefined; readonly atMs: number } | undefined
}
