import type { ResolvedHttpOptions } from '../http-options.ts'
import { openApiEndpoints } from '../openapi/openapi-endpoints.ts'
import { auditEndpoint } from '../routes/admin/audit-endpoint.ts'
import { agentEndpoints } from '../routes/agents/agent-endpoints.ts'
import { agentListEndpoint } from '../routes/agents/agent-list-endpoint.ts'
import { apiKeyEndpoints } from '../routes/api-keys/api-key-endpoints.ts'
import { budgetEndpoints } from '../routes/budgets/budget-endpoints.ts'
import { callListEndpoint } from '../routes/calls/call-list-endpoint.ts'
import { catalogueEndpoints } from '../routes/catalogue/catalogue-endpoints.ts'
import { chatEndpoints } from '../routes/chat/chat-endpoints.ts'
import { decisionEndpoints } from '../routes/decisions/decision-endpoints.ts'
import { evaluationEndpoint } from '../routes/evaluation/evaluation-endpoint.ts'
import { feedbackEndpoints } from '../routes/feedback/feedback-endpoints.ts'
import { healthEndpoints } from '../routes/health/health-endpoints.ts'
import { healthHistoryEndpoint } from '../routes/health/health-history-endpoint.ts'
import { metricsEndpoints } from '../routes/metrics/metrics-endpoints.ts'
import { modelEndpoints } from '../routes/models/model-endpoints.ts'
import { openAiEndpoints } from '../routes/openai/openai-endpoints.ts'
import { operationEndpoints } from '../routes/operations/operation-endpoints.ts'
import { parameterEndpoints } from '../routes/parameters/parameter-endpoints.ts'
import { performanceEndpoints } from '../routes/performance/performance-endpoints.ts'
import { preferenceEndpoints } from '../routes/preferences/preference-endpoints.ts'
import { presetEndpoints } from '../routes/presets/preset-endpoints.ts'
import { providerEndpoints } from '../routes/providers/provider-endpoints.ts'
import type { Endpoint } from './endpoint.ts'

/** Everything the door answers, in the order paths are tried. */
export function endpointsOf(options: ResolvedHttpOptions): readonly Endpoint[] {
  const endpoints = [
    ...providerEndpoints(options),
    // Before the catalogue, whose ids its paths could be taken for.
    ...performanceEndpoints(options),
    ...modelEndpoints(options),
    ...agentEndpoints(options),
    agentListEndpoint(options),
    ...catalogueEndpoints(options),
    ...chatEndpoints(options),
    ...decisionEndpoints(options),
    ...feedbackEndpoints(options),
    ...preferenceEndpoints(options),
    ...openAiEndpoints(options),
    ...presetEndpoints(options),
    ...budgetEndpoints(options),
    ...parameterEndpoints(options),
    evaluationEndpoint(options),
    auditEndpoint(options),
    callListEndpoint(options),
    ...apiKeyEndpoints(options),
    ...operationEndpoints(options),
    ...healthEndpoints(options),
    healthHistoryEndpoint(options),
    ...metricsEndpoints(options),
  ]
  return [...endpoints, ...openApiEndpoints(options, endpoints)]
}
