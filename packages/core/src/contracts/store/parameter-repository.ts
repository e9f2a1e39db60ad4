import type { ParameterDefaults, ParameterDefaultsKey } from '../../domain/parameter-defaults.ts'
import type { AuditedOptions, CallOptions } from '../call-options.ts'

/** Defaults of parameters. Reads see the given tenant only. */
export interface ParameterRepository {
  /**
   * Takes the place of what is stored under the same (tenant, agent, model). Raises the topic of the
   * agent, or of the catalogue where no agent is named, in its own transaction.
   */
  put(defaults: ParameterDefaults, options?: AuditedOptions): Promise<void>
  get(key: ParameterDefaultsKey, options?: CallOptions): Promise<ParameterDefaults | undefined>
  /** `false` when there was none; then nothing is written. Raises the same topic. */
  delete(key: ParameterDefaultsKey, options?: AuditedOptions): Promise<boolean>
  /** All of a tenant, or those that count for one agent: its own and those of no agent. In the order of (agent, model). */
  list(
    query: { readonly tenantId: string; readonly agentId?: string | undefined },
    options?: CallOptions,
  ): Promise<readonly ParameterDefaults[]>
}
