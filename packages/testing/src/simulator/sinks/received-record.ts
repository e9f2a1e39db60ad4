/** A record that a receiver took, in the order it came. */
export interface ReceivedRecord {
  /** What tells repeats: `webhook-id`, or `idempotency-key`. */
  readonly id: string
  /** As the header or the body says. */
  readonly tenantId: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What a receiver was asked, taken or not. */
export interface SinkRequest extends ReceivedRecord {
  /** 1 for the first. */
  readonly number: number
}

/** Each record once, where it came first. */
export function withoutRepeats(received: readonly ReceivedRecord[]): readonly ReceivedRecord[] {
  return [
    ...new Map(received.toReversed().map((record) => [record.id, record])).values(),
  ].toReversed()
}
