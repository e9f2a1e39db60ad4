import type { Failure } from '../failure.ts'
import type { Reply } from '../reply.ts'
import { jsonReply } from '../reply.ts'
import type { HandlerContext } from './dialect.ts'
import { bearerOf } from './dialect.ts'

const CREDITS_USD = 100

/** `GET /key`: what the key is, and what it has spent since the simulator started. */
export function readKey({ request, state }: HandlerContext): Reply {
  const usage = spentUsd(state.log.calls)
  const key = bearerOf(request) ?? ''
  return jsonReply({
    data: {
      label: `${key.slice(0, 10)}...${key.slice(-3)}`,
      limit: CREDITS_USD,
      limit_remaining: CREDITS_USD - usage,
      limit_reset: null,
      include_byok_in_limit: false,
      usage,
      usage_daily: usage,
      usage_weekly: usage,
      usage_monthly: usage,
      byok_usage: 0,
      byok_usage_daily: 0,
      byok_usage_weekly: 0,
      byok_usage_monthly: 0,
      is_free_tier: false,
      is_management_key: false,
      is_provisioning_key: false,
      expires_at: null,
      free_model_daily_requests: null,
      organization_id: null,
      workspace_id: 'workspace_simulator',
      creator_user_id: 'user_simulator',
      rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated.' },
    },
  })
}

/** `GET /credits`. */
export function readCredits({ state }: HandlerContext): Reply {
  const usage = spentUsd(state.log.calls)
  return jsonReply({ data: { total_credits: CREDITS_USD, total_usage: usage } })
}

/** `GET /generation?id=`: what one answer cost, also one that its reader left half-way. */
export function readGeneration({ request, state }: HandlerContext): Reply | Failure {
  const id = request.query.get('id') ?? ''
  const call = state.log.calls.find(({ answerId }) => `gen-${answerId}` === id)
  if (call?.usage === undefined) {
    return { kind: 'unknown-route', message: `Generation ${id} not found` }
  }
  return jsonReply({
    data: {
      id,
      model: call.model,
      streamed: call.isStream,
      cancelled: call.outcome === 'aborted-by-client',
      provider_name: 'Simulated',
      total_cost: call.costUsd,
      usage: call.costUsd,
      is_byok: false,
      tokens_prompt: call.usage.inputTokens,
      tokens_completion: call.usage.outputTokens,
      native_tokens_prompt: call.usage.inputTokens,
      native_tokens_completion: call.usage.outputTokens,
      native_tokens_cached: call.usage.cachedInputTokens,
      native_tokens_reasoning: call.usage.reasoningTokens,
    },
  })
}

function spentUsd(calls: HandlerContext['state']['log']['calls']): number {
  const total = calls
    .filter(({ dialect }) => dialect === 'openrouter')
    .reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
  return Number(total.toFixed(12))
}
