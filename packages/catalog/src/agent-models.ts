import type {
  AgentModel,
  AgentSummaryPage,
  CallOptions,
  EnabledModelPage,
  EnabledModelQuery,
  EnableRule,
  EnableRuleFilter,
} from '@imrs/core'

/** Which agent is meant. */
export interface AgentReference {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: `default`. */
  readonly agentId?: string | undefined
}

export interface EnableModels extends AgentReference {
  /** Model ids, aliases or external ids that one provider alone has. */
  readonly models: readonly string[]
  /**
   * Takes the place of the models' priority for this agent, 0 to 100; `'models-own'` takes that away.
   * Default: stays.
   */
  readonly priority?: number | 'models-own' | undefined
  /** Who did it, for the audit. */
  readonly by?: string | undefined
}

export type DisableModels = EnableModels

/** Enables or disables whatever fits a filter, now and later. */
export interface MatchingModels extends AgentReference {
  /** All free models of OpenRouter: `{ providerId: 'openrouter', costTier: 'free' }`. `{}` is all. */
  readonly filter: EnableRuleFilter
  /** Takes the place of the models' priority for this agent, 0 to 100. */
  readonly priority?: number | undefined
  readonly by?: string | undefined
}

export interface RemoveRule extends AgentReference {
  readonly ruleId: string
  readonly by?: string | undefined
}

/** Which agents of a tenant to look over. */
export interface AgentOverview {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Default: every agent of the tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** 1 to 200. Default: 100. */
  readonly limit?: number | undefined
  /** The `nextCursor` of the page before, of the same tenant and agents. */
  readonly cursor?: string | undefined
}

/**
 * Which models each agent may use. What was said of a model by name counts more than any rule; of
 * several rules that fit, the newest counts.
 */
export interface AgentModels {
  /**
   * Stores one rule, not a row for each model, so that models that come later are enabled as well.
   *
   * @throws ImrsError `invalid-request` that names the field of the filter.
   */
  enableMatching(request: MatchingModels, options?: CallOptions): Promise<EnableRule>
  /** The same, the other way. */
  disableMatching(request: MatchingModels, options?: CallOptions): Promise<EnableRule>
  /** Oldest first. */
  rules(agent?: AgentReference, options?: CallOptions): Promise<readonly EnableRule[]>
  /** @throws ImrsError `not-found`. */
  removeRule(request: RemoveRule, options?: CallOptions): Promise<void>
  /** The models that are enabled by name or by rule, whether they can be used now or not. */
  listEnabled(
    agent?: AgentReference & EnabledModelQuery,
    options?: CallOptions,
  ): Promise<EnabledModelPage>
  /** @throws ImrsError `unknown-model`; then nothing is changed. */
  enable(request: EnableModels, options?: CallOptions): Promise<readonly AgentModel[]>
  /** Leaves other agents alone. @throws ImrsError `unknown-model`; then nothing is changed. */
  disable(request: DisableModels, options?: CallOptions): Promise<readonly AgentModel[]>
  /** All rows of the agent, enabled or not. */
  list(agent?: AgentReference, options?: CallOptions): Promise<readonly AgentModel[]>
  /**
   * The agents of a tenant that have anything: a model enabled or disabled by name, a rule, or a call
   * that was made for them; with the answers of the last 30 UTC days, today included. A page takes as
   * long as its agents make it, however many there are and however much they were used.
   *
   * @throws ImrsError `invalid-request`, `store-unavailable`.
   */
  overview(query?: AgentOverview, options?: CallOptions): Promise<AgentSummaryPage>
}
