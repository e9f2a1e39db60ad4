import type { AttemptCause, ProviderFailure } from '@imrs/core'

import type { AttemptState } from './attempt-state.ts'

/** What follows from an event. */
export interface Transition {
  readonly state: AttemptState
  readonly effects: readonly AttemptEffect[]
}

/** What the shell has to do, in this order. */
export type AttemptEffect =
  /** Ask whether the call may be made, make it, and tell: `admitted` and what follows, or `refused`. */
  | {
      readonly type: 'call'
      readonly lane: number
      readonly step: number
      readonly cause: AttemptCause
    }
  /** End the call's request; nothing it still says counts. */
  | { readonly type: 'cancel'; readonly lane: number; readonly why: CancelReason }
  /** Tell the reader that another model takes over. */
  | {
      readonly type: 'announce'
      readonly from: number
      readonly to: number
      /** Absent when the other one was merely faster. */
      readonly failure?: ProviderFailure | undefined
    }
  /** Give out what was held back of the lane, and its parts from now on. */
  | { readonly type: 'commit'; readonly lane: number }

export type CancelReason =
  /** Another lane was faster. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'failed'; readonly failure: ProviderFailure }
