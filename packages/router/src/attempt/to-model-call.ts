import type { ModelCall, Provider } from '@imrs/core'

import type { PlanStep } from '../plan/plan.ts'
import type { AttemptJob } from './attempt-context.ts'

/** The request as one model gets it. */
export function toModelCall(
  { prepared: { request } }: AttemptJob,
  { step, provider }: { readonly step: PlanStep; readonly provider: Provider },
): ModelCall {
  const options = request.providerOptions?.[provider.id]
  return {
    externalId: step.model.externalId,
    stream: request.stream ?? true,
    messages: request.messages,
    tools: request.tools,
    toolChoice: request.toolChoice,
    responseFormat: request.responseFormat,
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    topP: request.topP,
    stop: request.stop,
    seed: request.seed,
    reasoningEffort: request.reasoningEffort,
    ...(options === undefined ? {} : { providerOptions: { [provider.id]: options } }),
  }
}
