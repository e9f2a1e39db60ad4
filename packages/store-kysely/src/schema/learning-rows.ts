import type { ExperienceScope, FeedbackSignal, FeedbackType, SinkFailureKind } from '@imrs/core'
import type { Generated } from 'kysely'

import type { TimeText, JsonText } from './column-types.ts'

export interface OutboxRow {
  readonly seq: Generated<number>
  readonly tenant_id: string
  /** The name of the sink. */
  readonly topic: string
  /** The id of the message. */
  readonly key: string
  readonly payload: JsonText
  readonly created_at: TimeText
  readonly available_at: TimeText
  readonly attempt_count: number
  readonly last_error: string | null
  readonly set_aside_at: TimeText | null
}

export interface OutboxSinkRow {
  readonly sink: string
  readonly holder: string | null
  readonly lease_until: TimeText | null
  readonly failure_count: number
  readonly failure: SinkFailureKind | null
  readonly paused_until: TimeText | null
}

export interface FeedbackEventRow {
  readonly seq: Generated<number>
  readonly id: string
  readonly tenant_id: string
  readonly message_id: string
  readonly user_id: string
  readonly feedback_type: FeedbackType
  readonly rating_milli: number
  readonly signal: FeedbackSignal | null
  readonly given_at: TimeText
  readonly epoch: number
  readonly weight_milli: number
  /** An array of texts. */
  readonly reasons: JsonText | null
}

export interface ExperienceRow {
  readonly tenant_id: string
  readonly scope: ExperienceScope
  readonly agent_id: string
  readonly task_type: string
  readonly model_id: string
  readonly month: string
  readonly epoch: number
  readonly rating_count: number
  readonly rating_sum: number
  readonly rating_sum_of_squares: number
  readonly weight_milli: number
  readonly weighted_sum: number
  readonly weighted_sum_of_squares: number
}

/** What answers from before the bound add to a cell of an agent. */
export type ExperienceCheckpointRow = Omit<
  ExperienceRow,
  'scope' | 'weight_milli' | 'weighted_sum' | 'weighted_sum_of_squares'
>

export interface ExperienceBoundRow {
  readonly tenant_id: string
  readonly before_id: string
}

/** What one user's ratings in a cell of an agent come to. */
export interface ExperienceUserRow {
  readonly tenant_id: string
  readonly agent_id: string
  readonly task_type: string
  readonly model_id: string
  readonly month: string
  readonly epoch: number
  readonly user_id: string
  readonly rating_count: number
  readonly rating_sum: number
  readonly rating_sum_of_squares: number
  readonly weight_milli: number
}

export interface ModelDriftRow {
  readonly tenant_id: string
  readonly agent_id: string
  readonly model_id: string
  readonly epoch: number
  readonly drift_sum: number
  readonly residual_sum: number
  readonly rating_count: number
}

export interface ModelShiftRow {
  readonly tenant_id: string
  readonly agent_id: string
  readonly model_id: string
  readonly epoch: number
  readonly shift_milli: number
  readonly message_id: string
  readonly at: TimeText
}
