import type { AgentModel, CallOptions } from '@imrs/core'

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
  /** Takes the place of the models' priority for this agent, 0 to 100. */
  readonly priority?: number | undefined
  /** Who did it, for the audit. */
  readonly by?: string | undefined
}

export interface DisableModels extends AgentReference {
  readonly models: readonly string[]
  readonly by?: string | undefined
}

/** Which models each agent may use. */
export interface AgentModels {
  /** @throws ImrsError `unknown-model`; then nothing is changed. */
  enable(request: EnableModels, options?: CallOptions): Promise<readonly AgentModel[]>
  /** Leaves other agents alone. @throws ImrsError `unknown-model`; then nothing is changed. */
  disable(request: DisableModels, options?: CallOptions): Promise<readonly AgentModel[]>
  /** All rows of the agent, enabled or not. */
  list(agent?: AgentReference, options?: CallOptions): Promise<readonly AgentModel[]>
}
