import type { FeedbackType } from '../domain/feedback.ts'
import type { PickerMeasure } from './metric-names.ts'
import type { TimedEvent } from './timed-event.ts'

/** An answer was rated, or a rating taken back. */
export interface FeedbackRecordedEvent extends TimedEvent {
  readonly type: 'feedback-recorded'
  readonly messageId: string
  readonly tenantId: string
  readonly agentId: string
  readonly modelId: string
  readonly taskType: string
  /** Absent when nothing counts any more. */
  readonly feedbackType?: FeedbackType | undefined
  /** The rating that counts now, 0 to 1; absent when it was taken back and nothing is left. */
  readonly rating?: number | undefined
}

/** A model does its work so much worse than before that its older ratings count for little from now on. */
export interface DriftDetectedEvent extends TimedEvent {
  readonly type: 'drift-detected'
  readonly tenantId: string
  readonly agentId: string
  readonly modelId: string
  /** The task type whose rating raised the alarm. */
  readonly taskType: string
  /** The epoch that begins. */
  readonly epoch: number
  /** By how much ratings fell on average, as a negative number: `-0.3` is from 0.8 to 0.5. */
  readonly shift: number
}

/** A user chose another model. No user id: who changed it is nobody's business. */
export interface SelectionChangedEvent extends TimedEvent {
  readonly type: 'selection-changed'
  readonly tenantId: string
  readonly modelId: string
  /**
   * Tells whether two changes are of one user, and not of whom: a keyed hash (HMAC-SHA256) of tenant
   * and user. Absent unless the host gave a key.
   */
  readonly userHash?: string | undefined
}

/** A browser told how long its model picker took. What browsers tell is not checked. */
export interface PickerMeasuredEvent extends TimedEvent {
  readonly type: 'picker-measured'
  readonly measure: PickerMeasure
  readonly durationMs: number
}
