import type { AgentKey, AgentModel } from '../../domain/agent-model.ts'
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
}
