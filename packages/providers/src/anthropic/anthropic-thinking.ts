import type { JsonObject, ModelCall, ReasoningEffort } from '@imrs/core'

import type { AnthropicModelFacts } from './anthropic-models.ts'

/** What is known when a request is written. */
export interface ThinkingRequest {
  readonly call: ModelCall
  readonly facts: AnthropicModelFacts
  readonly maxTokens: number
  /** The API lets no model think that is made to call a tool. */
  readonly forcesTool: boolean
  /** The model goes on with tool calls of a turn that does not begin with a thought of its own. */
  readonly goesOnWithoutThought: boolean
}

/** The fields of a request that say how hard to think; empty when the call does not say, or cannot. */
export interface ThinkingFields {
  readonly thinking?: JsonObject | undefined
  /** A part of `output_config`. */
  readonly effort?: string | undefined
}

/** How much of the answer's tokens may be thoughts. */
const SHARES: Readonly<Record<Exclude<ReasoningEffort, 'none'>, number>> = Object.freeze({
  minimal: 0.1,
  low: 0.2,
  medium: 0.5,
  high: 0.8,
})
/** The API takes no smaller budget. */
const SMALLEST_BUDGET = 1024
/** Above it, the API asks for another way of calling. */
const LARGEST_BUDGET = 32_000

/**
 * How hard to think, in the words of the model's generation: a budget of tokens for those up to 4.5,
 * an effort for those that came after.
 *
 * Where the API refuses to have the model think at all, it is not asked to: with a tool it is made to
 * call, with less than 1,025 tokens for the whole answer, and, for the older ones, in the middle of
 * tool calls that another model began.
 */
export function thinkingFields(request: ThinkingRequest): ThinkingFields {
  const { call, facts, forcesTool } = request
  const effort = call.reasoningEffort
  if (effort === undefined) return {}
  if (effort === 'none') return withoutThinking(facts)
  if (forcesTool) return facts.thinking === 'budget' ? {} : { effort: levelOf(effort) }
  return facts.thinking === 'budget'
    ? budget(request, SHARES[effort])
    : { thinking: { type: 'adaptive', display: 'summarized' }, effort: levelOf(effort) }
}

/** Some think unless they are told not to, and some cannot be told. */
function withoutThinking({ thinksUnasked }: AnthropicModelFacts): ThinkingFields {
  switch (thinksUnasked) {
    case 'never':
      return {}
    case 'unless-told':
      return { thinking: { type: 'disabled' } }
    case 'always':
      return { effort: 'low' }
  }
}

function budget(
  { maxTokens, goesOnWithoutThought }: ThinkingRequest,
  share: number,
): ThinkingFields {
  const largest = Math.min(LARGEST_BUDGET, maxTokens - 1)
  if (largest < SMALLEST_BUDGET || goesOnWithoutThought) return {}
  const budget_tokens = Math.max(SMALLEST_BUDGET, Math.min(largest, Math.floor(maxTokens * share)))
  return { thinking: { type: 'enabled', budget_tokens } }
}

function levelOf(effort: Exclude<ReasoningEffort, 'none'>): string {
  return effort === 'minimal' ? 'low' : effort
}
