import type { CallOptions } from '../call-options.ts'

/** What was made ready for the records to come. */
export interface PreparedStorage {
  /** Partitions that were made, by name. */
  readonly madePartitions: readonly string[]
  /** Records that were moved to the partition of their month. */
  readonly movedRows: number
  /** Months, by the name of their partition, of which so many records lie elsewhere that they stay there. */
  readonly leftPartitions: readonly string[]
  /** Whether another process is at it; then nothing was done. */
  readonly isElsewhere: boolean
}

/** Which records are no longer kept. What is absent is kept for ever. */
export interface RetentionRequest {
  /**
   * Answers whose messages were made in months that were over by then, epoch milliseconds: messages,
   * decisions, attempts and feedback events together.
   */
  readonly answersBeforeMs?: number | undefined
  /** Catalogue events from before, epoch milliseconds. */
  readonly catalogEventsBeforeMs?: number | undefined
  /** Rows of the audit from before, epoch milliseconds. */
  readonly auditBeforeMs?: number | undefined
  /** Changes of the health of providers from before, epoch milliseconds. */
  readonly healthChangesBeforeMs?: number | undefined
  /** Only says what would be dropped. Default: `false`. */
  readonly isDryRun?: boolean | undefined
}

/** A month of one table that is dropped as a whole. */
export interface DroppedPartition {
  readonly name: string
  /** As many as the database believes there are. */
  readonly estimatedRows: number
  readonly bytes: number
}

/** What was dropped, or would be. */
export interface RetentionReport {
  /** The first millisecond of the first month of answers that is kept. */
  readonly answersBeforeMs?: number | undefined
  /** Tenants that had answers from before; the experience of each was settled first. */
  readonly tenants: number
  readonly partitions: readonly DroppedPartition[]
  /** Rows that were deleted one by one. */
  readonly messages: number
  readonly decisions: number
  readonly attempts: number
  readonly feedbackEvents: number
  readonly catalogEvents: number
  readonly auditEntries: number
  readonly healthChanges: number
  /** Whether another process took over; then it goes on with what is left. */
  readonly isElsewhere: boolean
}

/**
 * What keeps a store in shape while it lives. Of several processes one does the work at a time; each
 * step is a short transaction of its own, so that an abort or a crash leaves a store in order, and the
 * next call goes on from there.
 */
export interface MaintenanceRepository {
  /** Makes room for the records of this month and the two after it. Idempotent; does nothing where nothing is needed. */
  prepare(request: { readonly atMs: number }, options?: CallOptions): Promise<PreparedStorage>
  /**
   * Drops what is too old, of every tenant. Before any feedback event goes, what it adds to experience
   * is settled ({@link ./feedback-repository.ts FeedbackRepository.checkpointExperience}): experience
   * and a rebuild of it stay what they were. The figures of days and months stay. Requests wait for it
   * no longer than for each other. Idempotent.
   */
  drop(request: RetentionRequest, options?: CallOptions): Promise<RetentionReport>
}
