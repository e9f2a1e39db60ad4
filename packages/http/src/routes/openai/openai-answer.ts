import type { DecisionPart, FallbackPart, FinishReason, ToolCallPart, UsagePart } from '@imrs/core'

/** What this router adds to an answer. Clients of OpenAI's API pass over it. */
export interface Vendor {
  readonly message_id: string
  readonly decision_id: string
  /** The model that was chosen; where another took over, `model` of the answer is that one. */
  readonly chosen_model: string
  readonly task_type: string
  readonly source: string
  readonly strategy: string
  readonly reason: string
  readonly fallbacks: readonly {
    readonly from: string
    readonly to: string
    readonly reason: string
  }[]
  readonly warnings: readonly string[]
  readonly cost_usd: number | null
}

export interface VendorFacts {
  readonly decision: DecisionPart
  readonly fallbacks: readonly FallbackPart[]
  readonly warnings: readonly string[]
  readonly usage?: UsagePart | undefined
}

export function toVendor({ decision, fallbacks, warnings, usage }: VendorFacts): Vendor {
  return {
    message_id: decision.messageId,
    decision_id: decision.decisionId,
    chosen_model: decision.model,
    task_type: decision.taskType,
    source: decision.source,
    strategy: decision.strategy,
    reason: decision.reason,
    fallbacks: fallbacks.map(({ from, to, reason }) => ({ from, to, reason })),
    warnings,
    cost_usd: usage?.costUsd ?? null,
  }
}

export function completionIdOf(messageId: string): string {
  return `chatcmpl-${messageId}`
}

const FINISH_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
}

export function toFinishReason(reason: FinishReason): string {
  return FINISH_REASONS[reason]
}

export interface OpenAiUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details: { readonly cached_tokens: number }
  readonly completion_tokens_details: { readonly reasoning_tokens: number }
}

export function toUsage({ usage }: UsagePart): OpenAiUsage {
  return {
    prompt_tokens: usage.inputTokens,
    completion_tokens: usage.outputTokens,
    total_tokens: usage.inputTokens + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cachedInputTokens ?? 0 },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens ?? 0 },
  }
}

export interface OpenAiToolCallAnswer {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; readonly arguments: string }
}

export function toToolCall(part: ToolCallPart): OpenAiToolCallAnswer {
  return {
    id: part.toolCallId,
    type: 'function',
    function: { name: part.toolName, arguments: JSON.stringify(part.input) },
  }
}

/** The decision, for those who read headers alone. */
export function decisionHeaders(decision: {
  readonly id: string
  readonly messageId: string
  readonly modelId: string
}): Record<string, string> {
  return {
    'imrs-decision-id': decision.id,
    'imrs-message-id': decision.messageId,
    'imrs-model': encodeURIComponent(decision.modelId)
      .replaceAll('%2F', '/')
      .replaceAll('%3A', ':'),
  }
}
