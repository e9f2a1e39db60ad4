import type { SentRequest } from './open-door.ts'

/** What the table's requests are about; made by the tenant `default` before they are sent. */
export interface Seeds {
  readonly messageId: string
  readonly decisionId: string
  readonly ruleId: string
  readonly keyId: string
}

/** One operation, asked for as it should be, and what each caller of {@link CALLERS} gets. */
export interface AccessRow {
  readonly request: (seeds: Seeds) => SentRequest
  /** The status for each caller, in their order. */
  readonly statuses: readonly number[]
}

/**
 * Nobody; the user `ann`, an agent, an admin and a platform admin of the tenant `default`; an admin of
 * the tenant `other`; and an admin and an agent of `default` who are bound to the agent `own`.
 */
export const CALLERS = [
  'nobody',
  'user',
  'agent',
  'tenant admin',
  'platform admin',
  'admin of another tenant',
  'bound admin',
  'bound agent',
] as const
export type Caller = (typeof CALLERS)[number]

const hello = { messages: [{ role: 'user', content: 'Hello' }] }
const parameters = { parameters: { temperature: 0.5 } }
const budget = { scope: 'tenant', unit: 'requests', period: 'day', limit: 10 }
const model = { provider_id: 'fake', external_id: 'by-hand', capabilities: ['text'] }
const provider = { id: 'mine', provider_type: 'custom', api_base: 'https://203.0.113.7/v1', api_key: 'k' }
const large = 'fake%2Flarge'

function row(
  statuses: string,
  place: string | ((seeds: Seeds) => string),
  body?: object,
): AccessRow {
  return {
    request: (seeds) => {
      const [method, path = ''] = (typeof place === 'string' ? place : place(seeds)).split(' ')
      return { method, path, body }
    },
    statuses: statuses.trim().split(/\s+/).map(Number),
  }
}

const ADMIN = '/api/v2/admin'
const OWN = '/api/v2/agents/own'

/** Every operation of the door. An endpoint that is missing here fails the test. */
export const ACCESS_TABLE: Readonly<Record<string, AccessRow>> = {
  //                         nobody user agent admin platf other b-adm b-agent
  listProviders: row('        401   403   403   403   200   403   403   403', `GET ${ADMIN}/providers`),
  createProvider: row('       401   403   403   403   201   403   403   403', `POST ${ADMIN}/providers`, provider),
  getProvider: row('          401   403   403   403   200   403   403   403', `GET ${ADMIN}/providers/fake`),
  updateProvider: row('       401   403   403   403   200   403   403   403', `PATCH ${ADMIN}/providers/mine`, { display_name: 'Mine' }),
  tryProvider: row('          401   403   403   403   200   403   403   403', `POST ${ADMIN}/providers/try`, provider),
  syncProvider: row('         401   403   403   403   200   403   403   403', `POST ${ADMIN}/providers/fake/sync`),
  listProviderHealth: row('   401   403   403   403   200   403   403   403', `GET ${ADMIN}/health/providers`),
  listHealthHistory: row('    401   403   403   403   200   403   403   403', `GET ${ADMIN}/health/history`),
  checkProviderHealth: row('  401   403   403   403   200   403   403   403', `POST ${ADMIN}/providers/fake/health`),
  deactivateProvider: row('   401   403   403   403   200   403   403   403', `DELETE ${ADMIN}/providers/mine`),
  getPerformance: row('       401   403   403   200   200   200   403   403', `GET ${ADMIN}/models/performance`),
  getModelUsage: row('        401   403   403   200   200   200   403   403', `GET ${ADMIN}/models/${large}/usage`),
  getRecommendations: row('   401   403   403   200   200   200   403   403', `GET ${ADMIN}/recommendations`),
  listDrift: row('            401   403   403   200   200   200   200   403', `GET ${ADMIN}/drift`),
  getAgentFigures: row('      401   403   403   200   200   200   200   403', 'GET /api/performance?agentId=own'),
  listModels: row('           401   403   403   200   200   200   200   403', `GET ${ADMIN}/models`),
  getModel: row('             401   403   403   200   200   200   200   403', `GET ${ADMIN}/models/${large}`),
  createModel: row('          401   403   403   403   201   403   403   403', `POST ${ADMIN}/models`, model),
  updateModel: row('          401   403   403   403   200   403   403   403', `PATCH ${ADMIN}/models/fake%2Fby-hand`, { priority: 1 }),
  changeModels: row('         401   403   403   403   200   403   403   403', `POST ${ADMIN}/models/bulk`, { model_ids: ['fake/by-hand'], set: { priority: 2 } }),
  deleteModel: row('          401   403   403   403   200   403   403   403', `DELETE ${ADMIN}/models/fake%2Fby-hand`),
  listAgents: row('           401   403   403   200   200   200   200   403', 'GET /api/v2/agents'),
  listAgentModels: row('      401   403   403   200   200   200   200   403', `GET ${OWN}/models`),
  enableAgentModels: row('    401   403   403   200   200   200   200   403', `POST ${OWN}/models`, { model_ids: ['fake/small'] }),
  disableAgentModels: row('   401   403   403   200   200   200   200   403', `POST ${OWN}/models/disable`, { model_ids: ['fake/small'] }),
  updateAgentModel: row('     401   403   403   200   200   200   200   403', `PATCH ${OWN}/models/fake%2Fsmall`, { is_enabled: true }),
  listAgentModelRules: row('  401   403   403   200   200   200   200   403', `GET ${OWN}/model-rules`),
  removeAgentModelRule: row(' 401   403   403   204   204   404   204   403', ({ ruleId }) => `DELETE ${OWN}/model-rules/${ruleId}`),
  getModels: row('            401   200   200   200   200   200   200   200', 'GET /api/models'),
  getModelQuality: row('      401   200   200   200   200   200   200   200', 'GET /api/models/quality'),
  streamCatalogueEvents: row('401   200   200   200   200   200   200   200', 'GET /api/models/events'),
  listCatalogueEvents: row('  401   403   403   200   200   200   200   403', `GET ${ADMIN}/catalogue/events`),
  chat: row('                 401   200   200   200   200   200   200   200', 'POST /api/chat', hello),
  decide: row('               401   200   200   200   200   200   200   200', 'POST /api/decide', hello),
  getDecision: row('          401   200   200   200   200   404   404   404', ({ decisionId }) => `GET /api/decisions/${decisionId}`),
  getFeedbackReasons: row('   401   403   403   200   200   200   403   403', `GET ${ADMIN}/feedback/reasons`),
  submitFeedback: row('       401   200   404   404   404   404   404   404', ({ messageId }) => `POST /api/v2/chat/messages/${messageId}/feedback`, { rating: 1 }),
  getPreference: row('        401   200   200   200   200   200   200   200', 'GET /api/preferences'),
  setPreference: row('        401   200   200   200   200   200   200   200', 'PUT /api/preferences', { model: 'auto' }),
  createChatCompletion: row(' 401   200   200   200   200   200   200   200', 'POST /v1/chat/completions', { ...hello, model: 'auto' }),
  listOpenAiModels: row('     401   200   200   200   200   200   200   200', 'GET /v1/models'),
  getOpenAiModel: row('       401   200   200   200   200   200   200   200', 'GET /v1/models/auto'),
  listPresets: row('          401   200   200   200   200   200   200   200', 'GET /api/v2/presets'),
  getPreset: row('            401   200   200   200   200   404   200   200', 'GET /api/v2/presets/seeded'),
  setPreset: row('            401   403   403   200   200   200   403   403', 'PUT /api/v2/presets/new', { filter: {} }),
  removePreset: row('         401   403   403   204   204   204   403   403', 'DELETE /api/v2/presets/new'),
  listBudgets: row('          401   403   403   200   200   200   403   403', 'GET /api/v2/budgets'),
  getBudgetUsage: row('       401   403   403   200   200   200   403   403', 'GET /api/v2/budgets/usage'),
  setBudget: row('            401   403   403   200   200   200   403   403', 'PUT /api/v2/budgets/new', budget),
  removeBudget: row('         401   403   403   204   204   404   403   403', 'DELETE /api/v2/budgets/seeded'),
  listParameters: row('       401   403   403   200   200   200   403   403', 'GET /api/v2/parameters'),
  setParameters: row('        401   403   403   200   200   200   403   403', 'PUT /api/v2/parameters?agent_id=own', parameters),
  removeParameters: row('     401   403   403   204   204   404   403   403', 'DELETE /api/v2/parameters?agent_id=seeded'),
  getParameterSupport: row('  401   403   403   200   200   200   403   403', `GET ${ADMIN}/models/${large}/parameters`),
  evaluateStrategies: row('   401   403   403   200   200   200   403   403', `GET ${ADMIN}/evaluation?strategies=priority`),
  listAudit: row('            401   403   403   200   200   200   403   403', `GET ${ADMIN}/audit`),
  listCalls: row('            401   403   403   200   200   200   403   403', `GET ${ADMIN}/calls`),
  createApiKey: row('         401   403   403   201   201   201   403   403', `POST ${ADMIN}/api-keys`, { label: 'x', roles: ['agent'] }),
  listApiKeys: row('          401   403   403   200   200   200   403   403', `GET ${ADMIN}/api-keys`),
  revokeApiKey: row('         401   403   403   200   200   404   403   403', ({ keyId }) => `DELETE ${ADMIN}/api-keys/${keyId}`),
  listBreakers: row('         401   403   403   403   200   403   403   403', `GET ${ADMIN}/breakers`),
  listSinks: row('            401   403   403   403   200   403   403   403', `GET ${ADMIN}/sinks`),
  listSetAside: row('         401   403   403   403   200   403   403   403', `GET ${ADMIN}/sinks/brain/set-aside`),
  retrySetAside: row('        401   403   403   403   200   403   403   403', `POST ${ADMIN}/sinks/brain/retry`),
  getMetrics: row('           401   403   403   403   200   403   403   403', 'GET /api/metrics'),
  recordPickerPerformance: row('401 204   204   204   204   204   204   204', 'POST /api/metrics/picker', { measures: [{ measure: 'load', durationMs: 1 }] }),
  getLiveness: row('          200   200   200   200   200   200   200   200', 'GET /api/health/live'),
  getReadiness: row('         200   200   200   200   200   200   200   200', 'GET /api/health/ready'),
  getReferencePage: row('     200   200   200   200   200   200   200   200', 'GET /api/docs'),
  getOpenApiDocument: row('   200   200   200   200   200   200   200   200', 'GET /api/openapi.json'),
}
