/** The category of a request: `code`, `translation`, … An open set; hosts add their own. */
export type TaskType = string

/** The task type of a request that shows no evidence of any other. */
export const GENERAL_TASK: TaskType = 'general'

export const TASK_SOURCES = [
  'tool',
  'attachment',
  'keyword',
  'detector',
  'classifier',
  'none',
] as const

/**
 * What the guess rests on; `detector` is one that the host plugged in, `classifier` what was learned of
 * the texts that such a detector named.
 */
export type TaskSource = (typeof TASK_SOURCES)[number]

export const TASK_CONFIDENCES = ['high', 'medium', 'low'] as const
export type TaskConfidence = (typeof TASK_CONFIDENCES)[number]

export interface DetectedTask {
  readonly type: TaskType
  readonly source: TaskSource
  readonly confidence: TaskConfidence
  /** How many pieces of evidence agreed. */
  readonly matches: number
}
