import type { Attempt, Decision } from '@imrs/core'

/** Why a model was chosen and what came of it, as `GET /api/decisions/{id}` tells it. */
export interface DecisionInfo extends Pick<
  Decision,
  | 'messageId'
  | 'agentId'
  | 'source'
  | 'strategy'
  | 'task'
  | 'requiredCapabilities'
  | 'candidates'
  | 'candidateCount'
  | 'exclusions'
  | 'propensity'
  | 'replayable'
> {
  readonly decisionId: string
  /** ISO 8601. */
  readonly decidedAt: string
  /** For people. */
  readonly sentence: string
  readonly model: string
  readonly preset: string | null
  /** The dial of the question, where it ruled; absent from servers that know no dial. */
  readonly costQuality?: number | null
  /** The dial of the question, where it ruled nothing: the strategy has none, or the choice was not the router's. */
  readonly ignoredCostQuality?: number | null
  /** The calls it led to, in the order they were made. */
  readonly calls: readonly DecisionCall[]
}

/** One call to a model. */
export interface DecisionCall extends Pick<Attempt, 'cause' | 'outcome' | 'totalMs'> {
  readonly model: string
  readonly failureKind: Attempt['failureKind'] | null
  readonly startedAt: string
  readonly firstPartMs: number | null
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  /** US dollars; `null` is unknown. */
  readonly costUsd: number | null
}
