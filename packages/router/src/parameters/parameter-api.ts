import type {
  CallOptions,
  ModelParameterSupport,
  ModelParameters,
  ParameterDefaults,
} from '@imrs/core'

/** Which defaults are meant: those of an agent, of a model, or of an agent at a model. One of the two is given. */
export interface ParameterReference {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Left out: all agents of the tenant. */
  readonly agentId?: string | undefined
  /** A model id or alias. Left out: all models. */
  readonly modelId?: string | undefined
}

export interface SetParameters extends ParameterReference {
  /** At least one. They take the place of all that was set before. */
  readonly parameters: ModelParameters
  /** Who did it, for the audit. */
  readonly by?: string | undefined
}

export interface RemoveParameters extends ParameterReference {
  readonly by?: string | undefined
}

/** Whose defaults to list. */
export interface ParameterListQuery {
  /** Default: `default`. */
  readonly tenantId?: string | undefined
  /** Only those that count for this agent: its own and those of no agent. */
  readonly agentId?: string | undefined
}

/**
 * Parameters that count where a request leaves them out. Each parameter for itself is taken from the
 * request, else from the defaults of the agent at the model, of the agent, of the model. The next
 * request of this process sees a change; those of others see it within about a second.
 */
export interface ParameterApi {
  /**
   * Stores defaults. Those for one model are held against what it takes; of those for an agent each
   * model takes what it can.
   *
   * @throws ImrsError `invalid-request` or `unsupported-parameter` that names the field, such as
   * `parameters.temperature`; `unknown-model`, `unknown-provider`. Then nothing is changed.
   */
  set(request: SetParameters, options?: CallOptions): Promise<ParameterDefaults>
  /** Exactly those; `undefined` when nothing was set. */
  get(reference: ParameterReference, options?: CallOptions): Promise<ParameterDefaults | undefined>
  /** In the order of agent and model, those of no agent first. */
  list(query?: ParameterListQuery, options?: CallOptions): Promise<readonly ParameterDefaults[]>
  /** @throws ImrsError `not-found` when nothing was set. */
  remove(request: RemoveParameters, options?: CallOptions): Promise<void>
  /**
   * What a model takes, as far as it is known.
   *
   * @throws ImrsError `unknown-model`.
   */
  supportOf(modelId: string, options?: CallOptions): Promise<ModelParameterSupport>
}
