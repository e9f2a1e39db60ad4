import type {
  AgentKey,
  CallOptions,
  Model,
  Provider,
  RouterEvent,
  Runtime,
  Store,
  Strategy,
} from '@imrs/core'
import { ImrsError } from '@imrs/core'

import { buildParameterProfiles } from '../parameters/parameter-profile.ts'
import type { NameMemory } from '../plan/name-memory.ts'
import { buildTable } from './build-table.ts'
import { restrictionMaskOf } from './role-restrictions.ts'
import type { RoleRestriction } from './role-restrictions.ts'
import type { RoutingSnapshot } from './routing-snapshot.ts'
import type { SnapshotCache } from './snapshot-cache.ts'

export interface StandbyOptions {
  readonly store: Pick<Store, 'providers'>
  readonly runtime: Pick<Runtime, 'now'>
  readonly snapshots: Pick<SnapshotCache, 'get'>
  readonly names: NameMemory
  readonly defaultModel: string | undefined
  readonly unconfiguredAgents: 'all' | 'none'
  readonly strategyOf: (agent: AgentKey) => Strategy
  readonly restrictions: readonly RoleRestriction[]
  readonly emit: (event: RouterEvent) => void
}

/** The default model as it was when it was seen last, with its provider. */
interface LastSeen {
  readonly model: Model | undefined
  readonly providers: readonly Provider[]
}

/**
 * Snapshots of agents, and of the default model alone for an agent that is not known yet while the
 * store is down.
 *
 * What is stored about such an agent cannot be read, so this is only for hosts that let agents use
 * all models unless something is configured for them (`unconfiguredAgents: 'all'`); elsewhere that
 * the agent may use the model cannot be shown, and it gets none. Roles, `allowedModels`, the
 * capsule, `authorize`, and what was last known of the model and its provider hold as ever.
 */
export class Standby {
  readonly #options: StandbyOptions
  #lastSeen: LastSeen = { model: undefined, providers: [] }
  #lastSnapshot: RoutingSnapshot | undefined

  constructor(options: StandbyOptions) {
    this.#options = options
  }

  /** Looks at the default model, as long as the store can be asked. A model that is not there yet is seen later. */
  async learn(): Promise<void> {
    const { store, names, defaultModel } = this.#options
    if (defaultModel === undefined) return
    try {
      const providers = await store.providers.list()
      const { model } = await names.resolve({ model: defaultModel })
      this.#lastSeen = { model, providers }
    } catch (error) {
      if (!ImrsError.is(error)) throw error
    }
  }

  /** @throws ImrsError `store-unavailable` when the agent is not known, the store is down, and nothing stands in. */
  async get(agent: AgentKey, options?: CallOptions): Promise<RoutingSnapshot> {
    try {
      const snapshot = await this.#options.snapshots.get(agent, options)
      this.#saw(snapshot)
      return snapshot
    } catch (error) {
      options?.signal?.throwIfAborted()
      const isDown = ImrsError.is(error) && error.code === 'store-unavailable'
      const standby = isDown ? this.#standbyFor(agent) : undefined
      if (standby === undefined || !isDown) throw error
      const { emit, runtime } = this.#options
      emit({ type: 'internal-failed', atMs: runtime.now(), part: 'snapshot', error })
      return standby
    }
  }

  #saw(snapshot: RoutingSnapshot): void {
    if (snapshot === this.#lastSnapshot || this.#options.defaultModel === undefined) return
    this.#lastSnapshot = snapshot
    const row = snapshot.rowOf.get(this.#defaultId())
    const model = row === undefined ? this.#lastSeen.model : snapshot.models[row]
    this.#lastSeen = { model, providers: snapshot.providers }
  }

  #defaultId(): string {
    const { names, defaultModel = '' } = this.#options
    return names.recall({ model: defaultModel })?.model.id ?? defaultModel
  }

  #standbyFor(agent: AgentKey): RoutingSnapshot | undefined {
    const { restrictions, strategyOf, unconfiguredAgents } = this.#options
    const { model, providers } = this.#lastSeen
    if (model === undefined || unconfiguredAgents !== 'all') return undefined
    const table = buildTable({ models: [model], providers })
    return Object.freeze({
      ...table,
      isStandby: true,
      version: 'standby',
      agent: Object.freeze({ tenantId: agent.tenantId, agentId: agent.agentId }),
      strategy: strategyOf(agent),
      restrictions,
      restrictionsOf: Uint32Array.of(restrictionMaskOf(model, restrictions)),
      parameterProfiles: buildParameterProfiles({ ...table, defaults: [] }),
      parameterDefaults: [],
      takesAllModels: false,
      notEnabled: 0,
      experience: new Map(),
      textGroups: [],
    })
  }
}
