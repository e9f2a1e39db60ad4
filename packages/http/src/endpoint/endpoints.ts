import type { ResolvedHttpOptions } from '../http-options.ts'
import { openApiEndpoints } from '../openapi/openapi-endpoints.ts'
import { agentEndpoints } from '../routes/agents/agent-endpoints.ts'
import { catalogueEndpoints } from '../routes/catalogue/catalogue-endpoints.ts'
import { chatEndpoints } from '../routes/chat/chat-endpoints.ts'
import { decisionEndpoints } from '../routes/decisions/decision-endpoints.ts'
import { feedbackEndpoints } from '../routes/feedback/feedback-endpoints.ts'
import { modelEndpoints } from '../routes/models/model-endpoints.ts'
import { openAiEndpoints } from '../routes/openai/openai-endpoints.ts'
import { preferenceEndpoints } from '../routes/preferences/preference-endpoints.ts'
import { providerEndpoints } from '../routes/providers/provider-endpoints.ts'
import type { Endpoint } from './endpoint.ts'

/** Everything the door answers, in the order paths are tried. */
export function endpointsOf(options: ResolvedHttpOptions): readonly Endpoint[] {
  const endpoints = [
    ...providerEndpoints(options),
    ...modelEndpoints(options),
    ...agentEndpoints(options),
    ...catalogueEndpoints(options),
    ...chatEndpoints(options),
    ...decisionEndpoints(options),
    ...feedbackEndpoints(options),
    ...preferenceEndpoints(options),
    ...openAiEndpoints(options),
  ]
  return [...endpoints, ...openApiEndpoints(options, endpoints)]
}
