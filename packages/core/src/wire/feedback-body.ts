import { z } from 'zod'

import { feedbackReasonsSchema } from '../domain/feedback-reasons.ts'
import type { FeedbackReason } from '../domain/feedback-reasons.ts'
import { FEEDBACK_SIGNALS, feedbackTypeSchema, takesReasons } from '../domain/feedback.ts'
import type { FeedbackSignal, FeedbackType } from '../domain/feedback.ts'

/** The body of `POST /api/v2/chat/messages/{id}/feedback`: a rating, or a named signal. */
export interface FeedbackBody {
  readonly rating?: number | undefined
  /** In place of `rating`. `retract` takes back what was given of the type. */
  readonly signal?: FeedbackSignal | undefined
  /** Of a rating, or of what is taken back. Default: `explicit`. */
  readonly feedback_type?: FeedbackType | undefined
  /** Why, 1 to 5 of them, none twice: of a rating or a thumb, and of no other signal. */
  readonly reasons?: readonly FeedbackReason[] | undefined
}

export const feedbackBodySchema: z.ZodType<FeedbackBody> = z
  .object({
    rating: z.number().min(0).max(1).optional(),
    signal: z.enum(FEEDBACK_SIGNALS).optional(),
    feedback_type: feedbackTypeSchema.optional(),
    reasons: feedbackReasonsSchema.optional(),
  })
  .refine(({ rating, signal }) => (rating === undefined) !== (signal === undefined), {
    message: 'give a rating from 0 to 1, or a signal, and not both',
    path: ['rating'],
  })
  .refine(({ signal, reasons }) => reasons === undefined || takesReasons(signal), {
    message: 'go with a rating, thumbs-up or thumbs-down, and with no other signal',
    path: ['reasons'],
  })

export interface FeedbackResponse {
  readonly message_id: string
  /** The rating that counts now; `null` when it was taken back and nothing is left. */
  readonly rating: number | null
  readonly feedback_type: FeedbackType | null
  readonly recorded_at: string
  /** Why the rating that counts now was given; empty when nobody said. */
  readonly reasons: readonly FeedbackReason[]
}
