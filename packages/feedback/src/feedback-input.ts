import type { FeedbackSignal, FeedbackType } from '@imrs/core'

/** A signal on one answer: a named one, or a rating. */
export interface FeedbackInput {
  readonly messageId: string
  /** Who gives it: the user the answer was made for. */
  readonly userId: string
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** `thumbs-up`, `thumbs-down`, `regenerate`, `copy` or `continue`. In place of `rating`. */
  readonly signal?: FeedbackSignal | undefined
  /** 0 (bad) to 1 (good). In place of `signal`. */
  readonly rating?: number | undefined
  /** What kind of rating it is. Default: `explicit`; a signal brings its own. */
  readonly type?: FeedbackType | undefined
  /** A UUID that makes a repeated call count once. Default: a new one. */
  readonly idempotencyKey?: string | undefined
}

/** What counts on the answer now. */
export interface FeedbackResult {
  readonly messageId: string
  /** The rating that counts, 0 to 1; an explicit one stays when an implicit one comes later. */
  readonly rating: number
  readonly feedbackType: FeedbackType
  readonly recordedAtMs: number
  /** `false` for a repeat, and for a signal that a stronger one outweighs. */
  readonly changed: boolean
}
