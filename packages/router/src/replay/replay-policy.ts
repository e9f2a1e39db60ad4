import type { CandidateTable, ModelShift, RatingMilli, Strategy, TaskType } from '@imrs/core'

/** A rating that comes back for an answer. */
export interface ReplayRating {
  readonly task: TaskType
  readonly row: number
  readonly ratingMilli: RatingMilli
  readonly atMs: number
}

/** What a strategy learns with, rating by rating. */
export interface ReplayLearner {
  /** Takes a rating; gives the shift when it raised an alarm. */
  observe(rating: ReplayRating): ModelShift | undefined
  /** What `RankRequest.learned` wants. */
  learned(): unknown
  /** Goes on with other models. */
  changeTable(table: CandidateTable): void
}

/** What is replayed: a strategy as it is shipped, and how it learns. */
export interface ReplayPolicy {
  readonly name: string
  readonly strategy: Strategy
  /** Makes what it learns with, anew for each stream. Default: `strategy.learn`, after each rating. */
  readonly makeLearner?: ((table: CandidateTable) => ReplayLearner) | undefined
}
