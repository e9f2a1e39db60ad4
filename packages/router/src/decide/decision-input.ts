import type { CapabilityMask, DetectedTask, ModelParameters, TaskType } from '@imrs/core'

import type { OpenBreakers } from '../attempt/breaker/open-breakers.ts'
import type { ExhaustedBudgets } from '../budgets/exhausted-budgets.ts'

/** What a request goes on with. */
export interface DecisionConversation {
  /** The model that answered last. */
  readonly modelId: string
  /** Whether the request carries answers of tools that this model called. */
  readonly isToolLoop: boolean
  /** Estimated tokens of the prompt. */
  readonly promptTokens: number
  /** Those of them that the model's provider may still have in its cache. */
  readonly cachedTokens: number
}

/** What one request asks, with everything that had to be looked up for it. Plain data. */
export interface DecisionInput {
  readonly decisionId: string
  readonly messageId: string
  readonly userId?: string | undefined
  /** A hash of the user or session, by which an experiment is split; absent for a request without either. */
  readonly unit?: string | undefined
  readonly atMs: number
  readonly task: DetectedTask
  /** The type whose experience counts and is added to, where it is not the task's own. */
  readonly experienceType?: TaskType | undefined
  /** Absent for the first request of a conversation, and where nothing is known of it. */
  readonly conversation?: DecisionConversation | undefined
  /** The request's own dial between quality, 0, and price, 1. Default: what chooses has its own. */
  readonly costQuality?: number | undefined
  /** The id of the preset that is asked for: its models alone are candidates. Default: none is. */
  readonly preset?: string | undefined
  readonly requiredCapabilities: CapabilityMask
  /** Estimated tokens of the prompt. */
  readonly inputTokens: number
  /** Tokens kept free for the answer; 0 when the request does not say. */
  readonly outputTokens: number
  /** The request's parameters, when a model that does not take one of them is no candidate. */
  readonly insisted?: ModelParameters | undefined
  /** Ids or external ids; `undefined` is unrestricted. */
  readonly allowedModels?: ReadonlySet<string> | undefined
  /** The caller's roles. */
  readonly roles: ReadonlySet<string>
  /** Models that the host's hook refused. */
  readonly vetoed: ReadonlySet<string>
  /** Providers that can be called. */
  readonly credentials: ReadonlySet<string>
  /** Providers of which the secret store cannot say whether they can be called. */
  readonly unknownCredentials: ReadonlySet<string>
  /** Until when *Auto* passes over a provider that is down. */
  readonly shunUntilMs: ReadonlyMap<string, number>
  /** Until when it passes over models whose breaker is open. */
  readonly breakers: OpenBreakers
  /** What budgets have no room for. Default: nothing is known. */
  readonly exhausted?: ExhaustedBudgets | undefined
}
