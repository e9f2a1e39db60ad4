import type { ClientContext, ClientHttp } from '@imrs/react'

import type {
  AgentListWire,
  AgentModelPageWire,
  AgentRuleWire,
  AuditEntryWire,
  CatalogueEventPageWire,
  ChosenModels,
  DriftAlarmWire,
  EvaluationWire,
  HealthHistoryWire,
  HealthWire,
  ItemsWire,
  ModelBody,
  ModelChangesBody,
  ModelDetailWire,
  ModelPageWire,
  ModelUsageWire,
  ModelsDisabledWire,
  ModelsEnabledWire,
  PerformanceReportWire,
  PerformanceWire,
  ProviderBody,
  ProviderListWire,
  ProviderTrialWire,
  ProviderWire,
  ReasonCountWire,
  SyncWire,
} from './wire.ts'

/** Query parameters; what is `undefined` or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** How a request is made. */
export interface Sending {
  readonly signal?: AbortSignal | undefined
}

const ADMIN = '/api/v2/admin'

/** The management API, over the client that `@imrs/react` made. Every call rejects with an `ImrsClientError`. */
export const adminApi = ({ http }: Pick<ClientContext, 'http'>): AdminApi => ({
  ...providerCalls(http),
  ...modelCalls(http),
  ...agentCalls(http),
  ...figureCalls(http),
})

export type AdminApi = ProviderCalls & ModelCalls & AgentCalls & FigureCalls

interface ProviderCalls {
  readonly providers: (sending?: Sending) => Promise<ProviderListWire>
  readonly provider: (id: string, sending?: Sending) => Promise<ProviderWire>
  readonly createProvider: (body: ProviderBody) => Promise<ProviderWire>
  readonly tryProvider: (body: ProviderBody) => Promise<ProviderTrialWire>
  readonly setProviderActive: (id: string, isActive: boolean) => Promise<ProviderWire>
  readonly syncProvider: (id: string) => Promise<SyncWire>
  readonly checkProvider: (id: string) => Promise<HealthWire>
  readonly providerHealth: (sending?: Sending) => Promise<ItemsWire<HealthWire>>
  readonly healthHistory: (query: Query, sending?: Sending) => Promise<HealthHistoryWire>
}

function providerCalls(http: ClientHttp): ProviderCalls {
  const base = `${ADMIN}/providers`
  const one = (id: string): string => `${base}/${encodeURIComponent(id)}`
  return {
    providers: (sending) => http.json(base, sending),
    provider: (id, sending) => http.json(one(id), sending),
    createProvider: (body) => http.json(base, { method: 'POST', body }),
    tryProvider: (body) => http.json(`${base}/try`, { method: 'POST', body }),
    setProviderActive: (id, isActive) =>
      http.json(one(id), { method: 'PATCH', body: { is_active: isActive } }),
    syncProvider: (id) => http.json(`${one(id)}/sync`, { method: 'POST' }),
    checkProvider: (id) => http.json(`${one(id)}/health`, { method: 'POST' }),
    providerHealth: (sending) => http.json(`${ADMIN}/health/providers`, sending),
    healthHistory: (query, sending) =>
      http.json(`${ADMIN}/health/history${textOf(query)}`, sending),
  }
}

interface ModelCalls {
  readonly models: (query: Query, sending?: Sending) => Promise<ModelPageWire>
  readonly model: (id: string, sending?: Sending) => Promise<ModelDetailWire>
  readonly createModel: (body: ModelBody) => Promise<ModelDetailWire>
  readonly changeModel: (id: string, body: ModelChangesBody) => Promise<ModelDetailWire>
  readonly modelUsage: (id: string, query: Query, sending?: Sending) => Promise<ModelUsageWire>
}

function modelCalls(http: ClientHttp): ModelCalls {
  const base = `${ADMIN}/models`
  const one = (id: string): string => `${base}/${encodeURIComponent(id)}`
  return {
    models: (query, sending) => http.json(`${base}${textOf(query)}`, sending),
    model: (id, sending) => http.json(one(id), sending),
    createModel: (body) => http.json(base, { method: 'POST', body }),
    changeModel: (id, body) => http.json(one(id), { method: 'PATCH', body }),
    modelUsage: (id, query, sending) => http.json(`${one(id)}/usage${textOf(query)}`, sending),
  }
}

interface AgentCalls {
  readonly agents: (query: Query, sending?: Sending) => Promise<AgentListWire>
  readonly agentModels: (
    agentId: string,
    query: Query,
    sending?: Sending,
  ) => Promise<AgentModelPageWire>
  readonly agentRules: (agentId: string, sending?: Sending) => Promise<ItemsWire<AgentRuleWire>>
  readonly removeAgentRule: (agentId: string, ruleId: string) => Promise<void>
  readonly enableModels: (agentId: string, choice: ChosenModels) => Promise<ModelsEnabledWire>
  readonly disableModels: (agentId: string, choice: ChosenModels) => Promise<ModelsDisabledWire>
}

function agentCalls(http: ClientHttp): AgentCalls {
  const one = (id: string): string => `/api/v2/agents/${encodeURIComponent(id)}`
  return {
    agents: (query, sending) => http.json(`/api/v2/agents${textOf(query)}`, sending),
    agentModels: (id, query, sending) => http.json(`${one(id)}/models${textOf(query)}`, sending),
    agentRules: (id, sending) => http.json(`${one(id)}/model-rules`, sending),
    removeAgentRule: async (id, ruleId) => {
      const path = `${one(id)}/model-rules/${encodeURIComponent(ruleId)}`
      await http.send(path, { method: 'DELETE' })
    },
    enableModels: (id, body) => http.json(`${one(id)}/models`, { method: 'POST', body }),
    disableModels: (id, body) => http.json(`${one(id)}/models/disable`, { method: 'POST', body }),
  }
}

interface FigureCalls {
  readonly performance: (query: Query, sending?: Sending) => Promise<readonly PerformanceWire[]>
  readonly evaluation: (query: Query, sending?: Sending) => Promise<ItemsWire<EvaluationWire>>
  readonly audit: (query: Query, sending?: Sending) => Promise<ItemsWire<AuditEntryWire>>
  readonly catalogueEvents: (query: Query, sending?: Sending) => Promise<CatalogueEventPageWire>
  readonly drift: (query: Query, sending?: Sending) => Promise<ItemsWire<DriftAlarmWire>>
  readonly feedbackReasons: (query: Query, sending?: Sending) => Promise<ItemsWire<ReasonCountWire>>
}

function figureCalls(http: ClientHttp): FigureCalls {
  return {
    performance: async (query, sending) => {
      const path = `${ADMIN}/models/performance${textOf(query)}`
      const { performance } = await http.json<PerformanceReportWire>(path, sending)
      return performance
    },
    evaluation: (query, sending) => http.json(`${ADMIN}/evaluation${textOf(query)}`, sending),
    audit: (query, sending) => http.json(`${ADMIN}/audit${textOf(query)}`, sending),
    catalogueEvents: (query, sending) =>
      http.json(`${ADMIN}/catalogue/events${textOf(query)}`, sending),
    drift: (query, sending) => http.json(`${ADMIN}/drift${textOf(query)}`, sending),
    feedbackReasons: (query, sending) =>
      http.json(`${ADMIN}/feedback/reasons${textOf(query)}`, sending),
  }
}

function textOf(query: Query): string {
  const entries = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return entries.length === 0 ? '' : `?${new URLSearchParams(entries).toString()}`
}
