import { z } from 'zod'

import { feedbackTypeSchema } from '../domain/feedback.ts'
import type { FeedbackType } from '../domain/feedback.ts'

/** The body of `POST /api/v2/chat/messages/{id}/feedback`. */
export interface FeedbackBody {
  readonly rating: number
  /** Default: `explicit`. */
  readonly feedback_type?: FeedbackType | undefined
}

export const feedbackBodySchema: z.ZodType<FeedbackBody> = z.object({
  rating: z.number().min(0).max(1),
  feedback_type: feedbackTypeSchema.optional(),
})

export interface FeedbackResponse {
  readonly message_id: string
  /** The rating that counts now. */
  readonly rating: number
  readonly feedback_type: FeedbackType
  readonly recorded_at: string
}
