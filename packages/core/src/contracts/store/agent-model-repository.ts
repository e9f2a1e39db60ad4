import type { AgentKey, AgentModel } from '../../domain/agent-model.ts'
import type { CallOptions } from '../call-options.ts'

/** Which models each agent may use. Every method reads and writes the given tenant only. */
export interface AgentModelRepository {
  /**
   * Inserts or replaces the rows, by (tenant, agent, model), and writes an `audit_log` row for each,
   * in one transaction. Raises the version of topic `agent:{tenantId}/{agentId}` of each agent touched.
   */
  put(rows: readonly AgentModel[], options?: CallOptions): Promise<void>
  /** All rows of the agent, enabled or not, by model id. */
  list(agent: AgentKey, options?: CallOptions): Promise<readonly AgentModel[]>
}
