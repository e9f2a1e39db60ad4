export { createFeedback } from './create-feedback.ts'
export type { Feedback, FeedbackOptions } from './create-feedback.ts'
export type { FeedbackInput, FeedbackResult } from './feedback-input.ts'
