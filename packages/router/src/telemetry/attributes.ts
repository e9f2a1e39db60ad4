import type {
  Attempt,
  FinishReason,
  ModelCall,
  Provider,
  ProviderType,
  TokenUsage,
} from '@imrs/core'
import { fromNanoUsd } from '@imrs/core'
import type { Attributes } from '@opentelemetry/api'

import type { ObservedCall } from '../observe/request-observer.ts'
import type { SemanticConventions } from './telemetry-options.ts'

/** Well-known names; others are called what the host calls them. */
const PROVIDER_NAMES: Readonly<Record<ProviderType, string | undefined>> = {
  openai: 'openai',
  anthropic: 'anthropic',
  azure: 'azure.ai.openai',
  google: 'gcp.gemini',
  openrouter: 'openrouter',
  requesty: 'requesty',
  custom: undefined,
}

/** As the conventions write them. */
const FINISH_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_call',
  'content-filter': 'content_filter',
}

export function finishReasonText(reason: FinishReason): string {
  return FINISH_REASONS[reason]
}

/** Who was asked for what: the same on spans and metrics, and few values of each. */
export function callNames(
  { provider, call }: Pick<ObservedCall, 'provider' | 'call'>,
  conventions: SemanticConventions,
): Attributes {
  const name = PROVIDER_NAMES[provider.providerType] ?? provider.id
  return {
    'gen_ai.operation.name': 'chat',
    [conventions === '1.36' ? 'gen_ai.system' : 'gen_ai.provider.name']: name,
    'gen_ai.request.model': call.externalId,
  }
}

/** What is known of a call before it is made. Nothing of its texts: stop sequences are texts too. */
export function callAttributes(
  observed: ObservedCall,
  conventions: SemanticConventions,
): Attributes {
  const { model, provider, call, attemptId, position, cause } = observed
  return {
    ...callNames(observed, conventions),
    ...parametersOf(call),
    ...serverOf(provider),
    ...(conventions === '1.36' ? {} : { 'gen_ai.request.stream': call.stream }),
    'imrs.provider.id': provider.id,
    'imrs.model.id': model.id,
    'imrs.attempt.id': attemptId,
    'imrs.attempt.position': position,
    'imrs.attempt.cause': cause,
  }
}

function parametersOf(call: ModelCall): Attributes {
  return defined({
    'gen_ai.request.max_tokens': call.maxOutputTokens,
    'gen_ai.request.temperature': call.temperature,
    'gen_ai.request.top_p': call.topP,
    'gen_ai.request.seed': call.seed,
    'gen_ai.output.type':
      call.responseFormat === undefined || call.responseFormat.type === 'text' ? undefined : 'json',
  })
}

function serverOf({ apiBase }: Provider): Attributes {
  if (!URL.canParse(apiBase)) return {}
  const { hostname, port, protocol } = new URL(apiBase)
  const usual = protocol === 'http:' ? 80 : 443
  return { 'server.address': hostname, 'server.port': port === '' ? usual : Number(port) }
}

/** What is known of a call once it is over. */
export function endAttributes(
  attempt: Attempt,
  finishReason: FinishReason | undefined,
  conventions: SemanticConventions,
): Attributes {
  const { firstPartMs } = attempt
  const isNew = conventions === '1.41'
  return defined({
    ...usageAttributes(attempt.usage, isNew),
    'gen_ai.response.finish_reasons':
      finishReason === undefined ? undefined : [finishReasonText(finishReason)],
    'gen_ai.response.time_to_first_chunk':
      isNew && firstPartMs !== undefined ? firstPartMs / 1000 : undefined,
    'error.type': errorTypeOf(attempt),
    'imrs.outcome': attempt.outcome,
    'imrs.usage.source': attempt.usageSource,
    'imrs.cost_usd':
      attempt.costNanoUsd === undefined ? undefined : fromNanoUsd(attempt.costNanoUsd),
  })
}

function usageAttributes(usage: TokenUsage | undefined, isNew: boolean): Attributes {
  if (usage === undefined) return {}
  const { inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens } = usage
  const totals = {
    'gen_ai.usage.input_tokens': inputTokens,
    'gen_ai.usage.output_tokens': outputTokens,
  }
  if (!isNew) return totals
  return defined({
    ...totals,
    'gen_ai.usage.cache_read.input_tokens': cachedInputTokens,
    'gen_ai.usage.cache_creation.input_tokens': cacheWriteTokens,
    'gen_ai.usage.reasoning.output_tokens': reasoningTokens,
  })
}

/** Of a failed call: the kind of its failure. A call that was stopped did not fail. */
export function errorTypeOf({ outcome, failureKind }: Attempt): string | undefined {
  return outcome === 'failed' ? (failureKind ?? 'unknown') : undefined
}

/** Without what is `undefined`. */
export function defined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
}
