import { z } from 'zod'

/** Why somebody rated an answer as they did: a closed list, so that reasons can be counted. */
export const FEEDBACK_REASONS = [
  'incorrect',
  'incomplete',
  'off-topic',
  'ignored-instructions',
  'too-long',
  'too-short',
  'outdated',
  'unsafe',
  'slow',
  'correct',
  'clear',
  'complete',
  'concise',
  'creative',
  'other',
] as const

export type FeedbackReason = (typeof FEEDBACK_REASONS)[number]

/** A rating of so much, in thousandths, or more is a good one where good and bad ones are told apart. */
export const GOOD_RATING_MILLI = 500

/** The most reasons that one rating is given. */
export const MAX_FEEDBACK_REASONS = 5

export function isFeedbackReason(value: string): value is FeedbackReason {
  return (FEEDBACK_REASONS as readonly string[]).includes(value)
}

/** 1 to {@link MAX_FEEDBACK_REASONS} reasons, none of them twice. */
export const feedbackReasonsSchema: z.ZodType<readonly FeedbackReason[]> = z
  .array(z.enum(FEEDBACK_REASONS))
  .min(1)
  .max(MAX_FEEDBACK_REASONS)
  .refine((reasons) => new Set(reasons).size === reasons.length, {
    message: 'must not name a reason twice',
  })
