import type { CallOptions } from '@imrs/core'
import { fitsModelFilter } from '@imrs/core'
import type { Router } from '@imrs/router'

import { toModelFilter } from '../models/model-query.ts'
import type {
  AgentModelBody,
  ChosenModels,
  DisableModelsBody,
  EnableModelsBody,
} from './agent-body.ts'
import type { AgentModelRowWire, ModelsDisabledWire, ModelsEnabledWire } from './agent-wire.ts'

/** How many models an answer names. */
const NAMED = 200

export interface AgentChange<Body> {
  readonly tenantId: string
  readonly agentId: string
  readonly by: string
  readonly body: Body
}

/** Stores a row for each named model and one rule for the filter. */
export async function enableModels(
  router: Router,
  { body, ...agent }: AgentChange<EnableModelsBody>,
  options: CallOptions,
): Promise<ModelsEnabledWire> {
  const { model_ids: models = [], bulk_filter: filter, priority_override: priority } = body
  const rows =
    models.length === 0 ? [] : await router.agents.enable({ ...agent, models, priority }, options)
  const named = rows.map(({ modelId }) => modelId)
  if (filter === undefined) {
    return { enabled_count: named.length, models_enabled: named.slice(0, NAMED), rule_id: null }
  }
  const toFit = toModelFilter(filter)
  const rule = await router.agents.enableMatching({ ...agent, filter: toFit, priority }, options)
  const fitting = await router.agents.listEnabled({ ...agent, ...toFit, limit: NAMED }, options)
  const shown = new Set([...named, ...fitting.items.map(({ model }) => model.id)])
  return {
    // What is named and does not fit comes on top of what fits.
    enabled_count: fitting.total + (await countOutside(router, { named, filter }, options)),
    models_enabled: [...shown].slice(0, NAMED),
    rule_id: rule.id,
  }
}

async function countOutside(
  router: Router,
  {
    named,
    filter,
  }: {
    readonly named: readonly string[]
    readonly filter: NonNullable<ChosenModels['bulk_filter']>
  },
  options: CallOptions,
): Promise<number> {
  const models = await Promise.all(named.map((id) => router.models.get(id, options)))
  return models.filter((model) => !fitsModelFilter(model, toModelFilter(filter))).length
}

export async function disableModels(
  router: Router,
  { body, ...agent }: AgentChange<DisableModelsBody>,
  options: CallOptions,
): Promise<ModelsDisabledWire> {
  const { model_ids: models = [], bulk_filter: filter } = body
  const rows = models.length === 0 ? [] : await router.agents.disable({ ...agent, models }, options)
  const rule =
    filter &&
    (await router.agents.disableMatching({ ...agent, filter: toModelFilter(filter) }, options))
  return { models_disabled: rows.map(({ modelId }) => modelId), rule_id: rule?.id ?? null }
}

/** What the body leaves out stays as the agent's row or rules have it. */
export async function changeAgentModel(
  router: Router,
  { body, modelId, ...agent }: AgentChange<AgentModelBody> & { readonly modelId: string },
  options: CallOptions,
): Promise<AgentModelRowWire> {
  const { model } = await router.models.resolve({ model: modelId }, options)
  const rows = await router.agents.list(agent, options)
  const row = rows.find((each) => each.modelId === model.id)
  const isEnabled = body.is_enabled ?? row?.isEnabled ?? true
  const own = body.priority_override
  const priority: number | 'models-own' | undefined = own === null ? 'models-own' : own
  const change = { ...agent, models: [model.id], priority }
  const [changed] = isEnabled
    ? await router.agents.enable(change, options)
    : await router.agents.disable(change, options)
  return {
    model_id: model.id,
    is_enabled: isEnabled,
    priority_override: changed?.priorityOverride ?? null,
  }
}
