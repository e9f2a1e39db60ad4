import { z } from 'zod'

import { FEEDBACK_SIGNALS, feedbackTypeSchema } from '../domain/feedback.ts'
import type { FeedbackSignal, FeedbackType } from '../domain/feedback.ts'

/** The body of `POST /api/v2/chat/messages/{id}/feedback`: a rating, or a named signal. */
export interface FeedbackBody {
  readonly rating?: number | undefined
  /** In place of `rating`. `retract` takes back what was given of the type. */
  readonly signal?: FeedbackSignal | undefined
  /** Of a rating, or of what is taken back. Default: `explicit`. */
  readonly feedback_type?: FeedbackType | undefined
}

export const feedbackBodySchema: z.ZodType<FeedbackBody> = z
  .object({
    rating: z.number().min(0).max(1).optional(),
    signal: z.enum(FEEDBACK_SIGNALS).optional(),
    feedback_type: feedbackTypeSchema.optional(),
  })
  .refine(({ rating, signal }) => (rating === undefined) !== (signal === undefined), {
    message: 'give a rating from 0 to 1, or a signal, and not both',
    path: ['rating'],
  })

export interface FeedbackResponse {
  readonly message_id: string
  /** The rating that counts now; `null` when it was taken back and nothing is left. */
  readonly rating: number | null
  readonly feedback_type: FeedbackType | null
  readonly recorded_at: string
}
