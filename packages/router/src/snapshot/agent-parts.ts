import type { AgentKey, CandidateTable, Runtime, Store, Strategy } from '@imrs/core'

import { PresetBook } from '../presets/preset-book.ts'
import type { ModelTable } from './build-table.ts'
import { readEnabled } from './read-enabled.ts'
import type { RoleRestriction } from './role-restrictions.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'
import { SharedTables } from './shared-tables.ts'

export interface AgentPartsOptions {
  readonly store: Store
  readonly runtime: Runtime
  readonly unconfiguredAgents: 'all' | 'none'
  readonly restrictions: readonly RoleRestriction[]
  /** What a model took to its first visible part of late, in milliseconds. Default: nothing is measured. */
  readonly latencyOf?: ((modelId: string) => number | undefined) | undefined
  /** What it has in common with other agents. Default: nothing. */
  readonly shared?: SharedTables | undefined
}

/** The models an agent may use, as deciding reads them. */
export type AgentTable = ModelTable &
  Pick<
    RoutingSnapshot,
    'restrictionsOf' | 'parameterProfiles' | 'parameterDefaults' | 'notEnabled' | 'takesAllModels'
  >

/** Reads what the snapshot of one agent is made of, but for ratings. */
export class AgentParts {
  readonly #options: AgentPartsOptions
  readonly #agent: AgentKey
  readonly #shared: SharedTables

  constructor(options: AgentPartsOptions, agent: AgentKey) {
    this.#options = options
    this.#agent = agent
    this.#shared = options.shared ?? new SharedTables(options.restrictions)
  }

  async models(catalogVersion: number): Promise<AgentTable> {
    const { store } = this.#options
    const shared = this.#shared
    const [providers, enabled, parameterDefaults] = await Promise.all([
      store.providers.list(),
      readEnabled({ ...this.#options, shared, catalogVersion }, this.#agent),
      store.parameters.list(this.#agent),
    ])
    const table = shared.table(catalogVersion, { ...enabled, providers })
    return {
      ...table,
      parameterProfiles: shared.profiles(table, parameterDefaults),
      parameterDefaults,
      notEnabled: enabled.known - enabled.models.length,
      takesAllModels: enabled.takesAll,
    }
  }

  async presets(): Promise<PresetBook> {
    return new PresetBook(await this.#options.store.presets.list(this.#agent.tenantId))
  }

  /** The table with what models took of late, for a strategy that goes by that. */
  withTimes(table: CandidateTable, { wantsLatency }: Strategy): CandidateTable {
    const { latencyOf } = this.#options
    if (wantsLatency !== true || latencyOf === undefined) return table
    const times = table.modelIds.map((modelId) => latencyOf(modelId) ?? Number.NaN)
    return { ...table, latencyMs: Float64Array.from(times) }
  }
}
