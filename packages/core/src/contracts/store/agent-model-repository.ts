import type { AgentKey, AgentModel } from '../../domain/agent-model.ts'
import type { AgentSummary } from '../../domain/agent-summary.ts'
import type { EffectiveAgentModel, EnableRule } from '../../domain/enable-rule.ts'
import type { ModelFilter } from '../../domain/model-list-query.ts'
import type { Model } from '../../domain/model.ts'
import type { CallOptions } from '../call-options.ts'

/** Which rule to delete, and for the audit who does and when. */
export interface EnableRuleDeletion extends AgentKey {
  readonly ruleId: string
  readonly by?: string | undefined
  readonly atMs: number
}

/** Which of the models enabled for an agent to list. */
export interface EnabledModelQuery extends ModelFilter {
  /** 1 to 200. Default: 50. */
  readonly limit?: number | undefined
  /** The `nextCursor` of the page before, of the same filter. */
  readonly cursor?: string | undefined
}

/** A model enabled for an agent, with what enabled it. */
export interface EnabledModel extends Omit<EffectiveAgentModel, 'isEnabled'> {
  readonly model: Model
}

export interface EnabledModelPage {
  /** By model id. */
  readonly items: readonly EnabledModel[]
  /** Absent on the last page. */
  readonly nextCursor?: string | undefined
  /** How many are enabled and fit. Exact up to 10,000, and never more. */
  readonly total: number
  /** `true` when more than {@link total} are. */
  readonly totalIsEstimate: boolean
}

/** Which agents of a tenant to say of what is set for them and what they were used for. */
export interface AgentSummaryQuery {
  readonly tenantId: string
  /** Default: every agent of the tenant. */
  readonly agentIds?: readonly string[] | undefined
  /** The first UTC day of which answers are counted, `2026-11-21`. */
  readonly fromDay: string
  /** The last one, itself included. */
  readonly toDay: string
  /** 1 to 200. Default: 100. */
  readonly limit?: number | undefined
  /** The `nextCursor` of the page before, of the same tenant and agents. */
  readonly cursor?: string | undefined
}

export interface AgentSummaryPage {
  /** By agent id. May be fewer than asked for, though there are more. */
  readonly items: readonly AgentSummary[]
  /** Absent on the last page. */
  readonly nextCursor?: string | undefined
}

/** Which models each agent may use. Every method reads and writes the given tenant only. */
export interface AgentModelRepository {
  /**
   * Inserts or replaces the rows, by (tenant, agent, model), and writes an `audit_log` row for each,
   * in one transaction. Raises the version of topic `agent:{tenantId}/{agentId}` of each agent touched.
   */
  put(rows: readonly AgentModel[], options?: CallOptions): Promise<void>
  /** All rows of the agent, enabled or not, by model id. */
  list(agent: AgentKey, options?: CallOptions): Promise<readonly AgentModel[]>
  /**
   * Inserts or replaces a rule by (tenant, agent, id), writes an `audit_log` row and raises the version
   * of topic `agent:{tenantId}/{agentId}`, in one transaction.
   */
  putRule(rule: EnableRule, options?: CallOptions): Promise<void>
  /**
   * Deletes a rule, audits that and raises the version of the agent's topic, in one transaction.
   *
   * @returns whether it was there; when not, nothing is written.
   */
  deleteRule(deletion: EnableRuleDeletion, options?: CallOptions): Promise<boolean>
  /** The rules of the agent, oldest first: the order that {@link effectiveAgentModel} takes. */
  listRules(agent: AgentKey, options?: CallOptions): Promise<readonly EnableRule[]>
  /**
   * The models of the catalogue that are enabled for the agent ({@link effectiveAgentModel}), whether
   * they can be used now or not. Rows and rules that change while it reads may show or not.
   */
  listEnabled(
    agent: AgentKey,
    query?: EnabledModelQuery,
    options?: CallOptions,
  ): Promise<EnabledModelPage>
  /**
   * The agents that have anything: a model enabled or disabled by name, a rule, or a call that was made
   * for them. Read from rows, rules and sums of days, never from the ledger: how long a page takes
   * depends on its agents, not on all of them nor on their calls. Every call that was recorded before is
   * in it; rows and rules that change while it reads may show or not.
   */
  listSummaries(query: AgentSummaryQuery, options?: CallOptions): Promise<AgentSummaryPage>
}
