import type { AgentKey, AgentModel } from '@imrs/core'
import { DEFAULT_AGENT_ID, DEFAULT_TENANT_ID, assertHostId } from '@imrs/core'

import type { AgentReference } from '../../agent-models.ts'
import type { AgentModelState, PlannedAgentModel } from '../import-plan.ts'
import type { ImportedModel } from '../import-source.ts'
import type { TargetFinder } from './plan-aliases.ts'
import type { PlanContext } from './plan-context.ts'

/** What the rows of agents are planned from. */
export interface AgentPlanInput {
  readonly context: PlanContext
  readonly finder: TargetFinder
  readonly accepted: ReadonlyMap<string, ImportedModel>
  readonly enableFor: readonly AgentReference[]
}

/** The source's own agent rows, then a row for each model and agent of `enableFor` that has none. */
export async function planAgentModels(
  input: AgentPlanInput,
): Promise<readonly PlannedAgentModel[]> {
  const rows = new AgentRows(input.context)
  for (const imported of input.context.source.agentModels) {
    const { row, modelId, isEnabled, priorityOverride = null } = imported
    if (await input.finder.isModel(modelId)) {
      await rows.set({ row, agent: imported, modelId, to: { isEnabled, priorityOverride } })
    } else {
      input.context.ledger.refuse(row, `${modelId} is not in the catalogue.`)
    }
  }
  for (const agent of input.enableFor.map(toKey)) {
    for (const [modelId, { row, isActive, modelType }] of input.accepted) {
      const isWanted = isActive !== false && (modelType ?? 'chat') === 'chat'
      const to = { isEnabled: true, priorityOverride: null }
      if (isWanted) await rows.setIfAbsent({ row, agent, modelId, to })
    }
  }
  return rows.planned()
}

interface AgentRowChange {
  readonly row: string
  readonly agent: AgentKey
  readonly modelId: string
  readonly to: AgentModelState
}

class AgentRows {
  readonly #context: PlanContext
  readonly #stored = new Map<string, ReadonlyMap<string, AgentModelState>>()
  readonly #planned: PlannedAgentModel[] = []
  readonly #seen = new Set<string>()

  constructor(context: PlanContext) {
    this.#context = context
  }

  /** Of two rows about one model and agent the first counts. */
  async set(change: AgentRowChange): Promise<void> {
    const { row, agent, modelId, to } = change
    const from = (await this.#rowsOf(agent)).get(modelId) ?? null
    const key = keyOf(agent, modelId)
    if (this.#seen.has(key)) return this.#context.ledger.note(row, 'Its agent row is there twice.')
    this.#seen.add(key)
    if (isSameState(from, to)) {
      const reason = 'Nothing differs.'
      return this.#context.ledger.leaveAlone({ row, name: `${agent.agentId}: ${modelId}`, reason })
    }
    const { tenantId, agentId } = agent
    this.#planned.push({ row, tenantId, agentId, modelId, from, to })
  }

  /** Leaves what an administrator has decided already. */
  async setIfAbsent(change: AgentRowChange): Promise<void> {
    const stored = await this.#rowsOf(change.agent)
    const isKnown = this.#seen.has(keyOf(change.agent, change.modelId))
    if (!isKnown && !stored.has(change.modelId)) await this.set(change)
  }

  planned(): readonly PlannedAgentModel[] {
    return this.#planned
  }

  async #rowsOf(agent: AgentKey): Promise<ReadonlyMap<string, AgentModelState>> {
    const key = keyOf(agent, '')
    const known = this.#stored.get(key)
    if (known !== undefined) return known
    const { store, call } = this.#context
    const { tenantId, agentId } = agent
    const rows = await store.agentModels.list({ tenantId, agentId }, call)
    const states = new Map(rows.map((row) => [row.modelId, stateOf(row)]))
    this.#stored.set(key, states)
    return states
  }
}

/** What a stored row says, without who and when. */
export function stateOf(row: AgentModel): AgentModelState {
  return { isEnabled: row.isEnabled, priorityOverride: row.priorityOverride ?? null }
}

/** Whether two rows say the same; `null` is no row. */
export function isSameState(left: AgentModelState | null, right: AgentModelState | null): boolean {
  return left?.isEnabled === right?.isEnabled && left?.priorityOverride === right?.priorityOverride
}

function keyOf({ tenantId, agentId }: AgentKey, modelId: string): string {
  return JSON.stringify([tenantId, agentId, modelId])
}

function toKey(agent: AgentReference): AgentKey {
  const { tenantId = DEFAULT_TENANT_ID, agentId = DEFAULT_AGENT_ID } = agent
  assertHostId('tenantId', tenantId)
  assertHostId('agentId', agentId)
  return { tenantId, agentId }
}
