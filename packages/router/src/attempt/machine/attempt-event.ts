import type { FinishReason, ProviderFailure } from '@imrs/core'

/** What happened. `atMs` is monotonic time, milliseconds; it never goes back. */
export type AttemptEvent = { readonly atMs: number } & (
  | { readonly type: 'start' }
  /** The call may be made, and is being sent. */
  | { readonly type: 'admitted'; readonly lane: number }
  /** The call is not made. */
  | {
      readonly type: 'refused'
      readonly lane: number
      readonly failure: ProviderFailure
      /** When it may be asked again. */
      readonly retryAtMs?: number | undefined
    }
  | { readonly type: 'headers'; readonly lane: number }
  | { readonly type: 'part'; readonly lane: number; readonly isVisible: boolean }
  /** The provider really finished. */
  | {
      readonly type: 'finish'
      readonly lane: number
      readonly finishReason: FinishReason
      /** Whether there was neither text nor a tool call. */
      readonly isEmpty: boolean
      /** As of a failure: an empty answer is one. */
      readonly mayRetry: boolean
      readonly chance: number
    }
  | {
      readonly type: 'failure'
      readonly lane: number
      readonly failure: ProviderFailure
      /** Whether the provider's retry budget has a repetition left. */
      readonly mayRetry: boolean
      /** Uniform in [0, 1): the jitter of the back-off. */
      readonly chance: number
    }
  /** The reader wants more. */
  | { readonly type: 'pulled' }
  /** Time has passed. */
  | { readonly type: 'tick' }
  /** The caller left, or the router closes. */
  | { readonly type: 'abort' }
)

export type AttemptEventType = AttemptEvent['type']

export const ATTEMPT_EVENTS: readonly AttemptEventType[] = [
  'start',
  'admitted',
  'refused',
  'headers',
  'part',
  'finish',
  'failure',
  'pulled',
  'tick',
  'abort',
]

/** The events of one kind. */
export type AttemptEventOf<Type extends AttemptEventType> = Extract<AttemptEvent, { type: Type }>
