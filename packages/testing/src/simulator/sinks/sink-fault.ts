import type { Gate } from '../gate.ts'

/**
 * What a receiver does in place of taking a record and saying so. With `isTaken` it takes the record
 * first: the sender cannot know. Default: it does not.
 */
export type SinkFault =
  | {
      readonly type: 'status'
      readonly status: number
      /** The value of `Retry-After`. */
      readonly retryAfter?: string | undefined
      readonly isTaken?: boolean | undefined
    }
  /** Says nothing until the gate is open, and then takes the record; without a gate, for ever. */
  | {
      readonly type: 'hang'
      readonly gate?: Gate | undefined
      readonly isTaken?: boolean | undefined
    }
  /** A 200 whose body is no answer of this receiver. */
  | { readonly type: 'garbage'; readonly isTaken?: boolean | undefined }
  /** Closes the connection: before the head, or in the middle of the body. */
  | {
      readonly type: 'cut'
      readonly place: 'head' | 'body'
      readonly isTaken?: boolean | undefined
    }
