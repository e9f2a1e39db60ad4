import type { AgentKey, Model, Store } from '@imrs/core'
import { effectiveAgentModel } from '@imrs/core'

import type { SharedTables } from './shared-tables.ts'

export interface EnabledSource {
  readonly store: Store
  readonly unconfiguredAgents: 'all' | 'none'
  readonly shared: SharedTables
  /** Read before the models are. */
  readonly catalogVersion: number
}

/** The chat models an agent may use. */
export interface EnabledModels {
  readonly models: readonly Model[]
  /** Priorities of this agent's own, 0 to 100, by model id. */
  readonly priorities: ReadonlyMap<string, number>
  /** Chat models in the catalogue, enabled or not. */
  readonly known: number
  /** Whether nothing was configured, and the agent takes whatever there is. */
  readonly takesAll: boolean
}

/**
 * An agent with rows alone costs one read of those models; one with rules costs a read of the chat
 * models, of which each is held against rows and rules, and which agents have in common.
 */
export async function readEnabled(
  { store, unconfiguredAgents, shared, catalogVersion }: EnabledSource,
  agent: AgentKey,
): Promise<EnabledModels> {
  const [rows, rules] = await Promise.all([
    store.agentModels.list(agent),
    store.agentModels.listRules(agent),
  ])
  const all = async (): Promise<readonly Model[]> =>
    shared.routable(catalogVersion, () => store.models.listRoutable())
  const takesAll = rows.length === 0 && rules.length === 0 && unconfiguredAgents === 'all'
  if (takesAll) {
    const models = await all()
    return { models, priorities: new Map(), known: models.length, takesAll }
  }
  const known = await store.models.count({ modelType: 'chat' })
  const modelIds = rows.filter((row) => row.isEnabled).map((row) => row.modelId)
  const candidates =
    rules.length === 0 ? shared.intern(await store.models.listRoutable({ modelIds })) : await all()
  const byId = new Map(rows.map((row) => [row.modelId, row]))
  const models: Model[] = []
  const priorities = new Map<string, number>()
  for (const model of candidates) {
    const { isEnabled, priority } = effectiveAgentModel(model, byId, rules)
    if (!isEnabled) continue
    models.push(model)
    priorities.set(model.id, priority)
  }
  return { models, priorities, known, takesAll }
}
