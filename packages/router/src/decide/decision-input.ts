import type { CapabilityMask, DetectedTask, ModelParameters } from '@imrs/core'

import type { OpenBreakers } from '../attempt/breaker/open-breakers.ts'
import type { ExhaustedBudgets } from '../budgets/exhausted-budgets.ts'

/** What one request asks, with everything that had to be looked up for it. Plain data. */
export interface DecisionInput {
  readonly decisionId: string
  readonly messageId: string
  readonly userId?: string | undefined
  readonly atMs: number
  readonly task: DetectedTask
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
