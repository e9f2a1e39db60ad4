/** What every event says. */
export interface TimedEvent {
  /** When it happened, epoch milliseconds. */
  readonly atMs: number
}
