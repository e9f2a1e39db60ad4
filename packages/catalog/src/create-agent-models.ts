import type {
  AgentModel,
  AgentSummaryPage,
  CallOptions,
  EnableRule,
  Runtime,
  Store,
} from '@imrs/core'
import {
  DEFAULT_AGENT_ID,
  DEFAULT_TENANT_ID,
  ImrsError,
  assertHostId,
  enableRuleSchema,
  parseBody,
} from '@imrs/core'

import type {
  AgentModels,
  AgentOverview,
  AgentReference,
  EnableModels,
  MatchingModels,
  RemoveRule,
} from './agent-models.ts'
import { resolveModel } from './resolve-model.ts'

export interface AgentModelsOptions {
  readonly store: Store
  readonly runtime: Runtime
  /** Called after a change was stored. */
  readonly onChange: (agent: { readonly tenantId: string; readonly agentId: string }) => void
}

interface Change extends EnableModels {
  readonly isEnabled: boolean
}

export function createAgentModels(options: AgentModelsOptions): AgentModels {
  return {
    enable: (request, call) => change(options, { ...request, isEnabled: true }, call),
    disable: (request, call) => change(options, { ...request, isEnabled: false }, call),
    list: (agent, call) => options.store.agentModels.list(toKey(agent ?? {}), call),
    enableMatching: (request, call) => putRule(options, { ...request, isEnabled: true }, call),
    disableMatching: (request, call) => putRule(options, { ...request, isEnabled: false }, call),
    rules: (agent, call) => options.store.agentModels.listRules(toKey(agent ?? {}), call),
    removeRule: (request, call) => removeRule(options, request, call),
    listEnabled: ({ tenantId, agentId, ...query } = {}, call) =>
      options.store.agentModels.listEnabled(toKey({ tenantId, agentId }), query, call),
    overview: (query, call) => overview(options, query ?? {}, call),
  }
}

const DAY_MS = 86_400_000
/** How many days answers are counted of, today included. */
const COUNTED_DAYS = 30

function overview(
  { store, runtime }: AgentModelsOptions,
  { tenantId = DEFAULT_TENANT_ID, ...query }: AgentOverview,
  call?: CallOptions,
): Promise<AgentSummaryPage> {
  const toMs = runtime.now()
  const fromDay = dayOf(toMs - (COUNTED_DAYS - 1) * DAY_MS)
  return store.agentModels.listSummaries({ ...query, tenantId, fromDay, toDay: dayOf(toMs) }, call)
}

/** The UTC day of a time, `2026-11-21`. */
function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10)
}

async function change(
  options: AgentModelsOptions,
  request: Change,
  call?: CallOptions,
): Promise<readonly AgentModel[]> {
  const agent = toKey(request)
  const { priority } = request
  if (priority !== 'models-own') assertPriority(priority)
  const stored = await options.store.agentModels.list(agent, call)
  const overrides = new Map(stored.map((row) => [row.modelId, row.priorityOverride]))
  const rows: AgentModel[] = []
  for (const name of request.models) {
    const { model } = await resolveModel(options.store, { model: name }, call)
    const priorityOverride =
      priority === 'models-own' ? undefined : (priority ?? overrides.get(model.id))
    rows.push({
      ...agent,
      modelId: model.id,
      isEnabled: request.isEnabled,
      ...(priorityOverride === undefined ? {} : { priorityOverride }),
      ...(request.by === undefined ? {} : { enabledBy: request.by }),
      enabledAtMs: options.runtime.now(),
    })
  }
  await options.store.agentModels.put(rows, call)
  options.onChange(agent)
  return rows
}

async function putRule(
  { store, runtime, onChange }: AgentModelsOptions,
  request: MatchingModels & { readonly isEnabled: boolean },
  call?: CallOptions,
): Promise<EnableRule> {
  const agent = toKey(request)
  const rule = parseBody(enableRuleSchema, {
    ...agent,
    id: runtime.newId(),
    filter: request.filter,
    isEnabled: request.isEnabled,
    priorityOverride: request.priority,
    enabledBy: request.by,
    enabledAtMs: runtime.now(),
  })
  await store.agentModels.putRule(rule, call)
  onChange(agent)
  return rule
}

async function removeRule(
  { store, runtime, onChange }: AgentModelsOptions,
  { ruleId, by, ...reference }: RemoveRule,
  call?: CallOptions,
): Promise<void> {
  const agent = toKey(reference)
  const deletion = { ...agent, ruleId, by, atMs: runtime.now() }
  if (!(await store.agentModels.deleteRule(deletion, call))) {
    throw new ImrsError('not-found', `There is no rule ${JSON.stringify(ruleId)} of this agent.`)
  }
  onChange(agent)
}

function toKey(agent: AgentReference): { readonly tenantId: string; readonly agentId: string } {
  const tenantId = agent.tenantId ?? DEFAULT_TENANT_ID
  const agentId = agent.agentId ?? DEFAULT_AGENT_ID
  assertHostId('tenantId', tenantId)
  assertHostId('agentId', agentId)
  return { tenantId, agentId }
}

function assertPriority(priority: number | undefined): void {
  if (priority === undefined || (Number.isInteger(priority) && priority >= 0 && priority <= 100)) {
    return
  }
  throw new ImrsError(
    'invalid-request',
    `\`priority\` must be an integer from 0 to 100, got ${String(priority)}`,
    { field: 'priority' },
  )
}
