import type { FeedbackReason, FeedbackSignal, FeedbackType } from '@imrs/core'

/** Whose answer it is, and who speaks of it. */
interface AnswerOfUser {
  readonly messageId: string
  /** The user the answer was made for. */
  readonly userId: string
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /**
   * Who gives it: that user, or the agent of its own answer. Only an agent gives `self_eval`, and it
   * gives nothing else. It is for the caller to know who that is. Default: `user`.
   */
  readonly by?: 'user' | 'agent' | undefined
  /** The agents whose answers may be spoken of; others are `not-found`. Default: all of the tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** A UUID that makes a repeated call count once. Default: a new one. */
  readonly idempotencyKey?: string | undefined
}

/** A signal on one answer: a named one, or a rating. */
export interface FeedbackInput extends AnswerOfUser {
  /**
   * `thumbs-up`, `thumbs-down`, `regenerate`, `copy`, `continue`; `override` (the user chose another
   * model for the same question) and `abandon` (left the answer before its end), which only strategies
   * that learn heed; or `retract`. In place of `rating`.
   */
  readonly signal?: FeedbackSignal | undefined
  /** 0 (bad) to 1 (good). In place of `signal`. */
  readonly rating?: number | undefined
  /**
   * What kind of rating it is, or with `retract`, which kind is taken back; other signals bring their
   * own. Default: `explicit`, and `self_eval` when an agent gives it.
   */
  readonly type?: FeedbackType | undefined
  /**
   * Why, 1 to 5 of them, none twice: of a rating, `thumbs-up` or `thumbs-down`. They count as long as it
   * does; the next of its type replaces them, with reasons or without. Default: none.
   */
  readonly reasons?: readonly FeedbackReason[] | undefined
}

/** What is taken back: all that was given of one type. */
export interface RetractInput extends AnswerOfUser {
  /** Default: `explicit`, and `self_eval` when an agent takes it back. */
  readonly type?: FeedbackType | undefined
}

/** What counts on the answer now. */
export interface FeedbackResult {
  readonly messageId: string
  /** The rating that counts, 0 to 1; an explicit one stays when an implicit one comes later. Absent when nothing counts. */
  readonly rating?: number | undefined
  /** Absent when nothing counts. */
  readonly feedbackType?: FeedbackType | undefined
  /** The reasons of the rating that counts; empty without any. */
  readonly reasons: readonly FeedbackReason[]
  readonly recordedAtMs: number
  /** Whether the rating that counts changed: `false` for a repeat, for a hint, and for a signal that a stronger one outweighs. */
  readonly changed: boolean
}
