import { asList, asObject, asText } from '@imrs/core'
import type { FinishReason, JsonObject, JsonValue, ModelPart } from '@imrs/core'

import { fromOpenAiUsage } from './openai-usage.ts'
import type { UsagePart } from './openai-usage.ts'
import { PendingToolCalls } from './pending-tool-calls.ts'
import { ReasoningDetails, textOfDetails } from './reasoning-details.ts'

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = Object.freeze({
  stop: 'stop',
  eos: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  sensitive: 'content-filter',
})

/** Reasons to finish that say that the answer broke off. What they mean is said where codes are. */
const BROKEN_REASONS: ReadonlySet<string> = new Set([
  'error',
  // DeepSeek.
  'insufficient_system_resource',
  // GLM.
  'network_error',
  // vLLM and its like.
  'abort',
  'aborted',
  'cancelled',
  'timeout',
])

/** What a chunk, or a whole answer, can turn out to be. */
export type ChunkOutcome =
  | { readonly kind: 'parts'; readonly parts: readonly ModelPart[] }
  /** The server reports a failure inside a good answer. */
  | { readonly kind: 'failure'; readonly body: unknown }

/** How a server says what was thought, and wants it back. */
type ReasoningField = 'reasoning' | 'reasoning_content'

/**
 * Reads the chunks of one answer in their order. Text comes out at once; a tool call when it is
 * whole, which is at the finish.
 *
 * Text that comes after a finish reason is part of the answer: some servers give the reason with the
 * last text, some before it, and some twice. The latest reason counts.
 */
export class ChunkReader {
  readonly #toolCalls: PendingToolCalls
  readonly #details = new ReasoningDetails()
  #reasoningField: ReasoningField | undefined
  #reason: string | undefined
  #hasText = false
  #usage: UsagePart | undefined

  /** `newId`: for tool calls of servers that give them no ids. */
  constructor(newId: () => string) {
    this.#toolCalls = new PendingToolCalls(newId)
  }

  /** Set once the server gave a finish reason. Announced tool calls that never came are none. */
  get finishReason(): FinishReason | undefined {
    if (this.#reason === undefined) return undefined
    if (this.#toolCalls.count > 0) return 'tool-calls'
    const finishReason = FINISH_REASONS[this.#reason] ?? 'stop'
    return finishReason === 'tool-calls' ? 'stop' : finishReason
  }

  /** The answer is as long as it may be, whatever it was saying. */
  get isCutShort(): boolean {
    return FINISH_REASONS[this.#reason ?? ''] === 'length'
  }

  /** Whether there was anything to show beside the thinking. */
  get hasContent(): boolean {
    return this.#hasText || this.#toolCalls.count > 0
  }

  /** Some servers report the sum so far with every chunk: the last one counts. */
  get usage(): UsagePart | undefined {
    return this.#usage
  }

  read(chunk: unknown): ChunkOutcome {
    const object = asObject(chunk) ?? {}
    const choice = firstChoice(object)
    this.#usage = usageIn(object) ?? this.#usage
    const body = failureIn(object, choice)
    if (body !== undefined) return { kind: 'failure', body }
    const parts: ModelPart[] = []
    this.#readChoice(choice, parts)
    return { kind: 'parts', parts }
  }

  /** The tool calls of the answer; `undefined` when the input of one is no JSON, or cut off. */
  toolCalls(): readonly ModelPart[] | undefined {
    return this.#toolCalls.parts({ isCutShort: this.isCutShort })
  }

  /** The end of the thinking, if there was any, with what the server wants back of it. */
  reasoningEnd(): readonly ModelPart[] {
    const details = this.#details.all
    if (details.length > 0) {
      return [{ type: 'reasoning-end', data: { reasoning_details: details } }]
    }
    if (this.#reasoningField === undefined) return []
    return this.#reasoningField === 'reasoning_content'
      ? [{ type: 'reasoning-end', data: { field: this.#reasoningField } }]
      : [{ type: 'reasoning-end' }]
  }

  #readChoice(choice: JsonObject, parts: ModelPart[]): void {
    const delta = asObject(choice['delta']) ?? asObject(choice['message']) ?? {}
    for (const { isThought, text } of [...this.#thoughtsIn(delta), ...saidIn(delta)]) {
      if (!isThought) this.#hasText = true
      parts.push({ type: isThought ? 'reasoning-delta' : 'text-delta', text })
    }
    for (const call of asList(delta['tool_calls']) ?? []) this.#toolCalls.add(asObject(call) ?? {})
    this.#reason = asText(choice['finish_reason']) ?? this.#reason
  }

  /** Two say it in a text of its own, OpenRouter also in a list; that counts where the text is missing. */
  #thoughtsIn(delta: JsonObject): readonly Said[] {
    this.#details.add(delta['reasoning_details'])
    const field = (['reasoning', 'reasoning_content'] as const).find(
      (name) => asText(delta[name]) !== undefined,
    )
    this.#reasoningField = field ?? this.#reasoningField
    const text = asText(delta[field ?? '']) ?? textOfDetails(delta['reasoning_details'])
    return text === undefined ? [] : [{ isThought: true, text }]
  }
}

interface Said {
  readonly isThought: boolean
  readonly text: string
}

/** Text, or Mistral's list of pieces, in which the thinking is one. */
function saidIn(delta: JsonObject): readonly Said[] {
  const text = asText(delta['content']) ?? asText(delta['refusal'])
  if (text !== undefined) return [{ isThought: false, text }]
  return (asList(delta['content']) ?? []).flatMap((given): readonly Said[] => {
    const piece = asObject(given) ?? {}
    const isThought = piece['type'] === 'thinking'
    const thoughts = (asList(piece['thinking']) ?? []).map((one) => asObject(one)?.['text'])
    const said = isThought
      ? thoughts.filter((one) => typeof one === 'string').join('')
      : piece['text']
    const found = asText(said)
    return found === undefined ? [] : [{ isThought, text: found }]
  })
}

/** Only one answer was asked for; of more, the first is read. */
function firstChoice(chunk: JsonObject): JsonObject {
  const choices = (asList(chunk['choices']) ?? []).map((choice) => asObject(choice) ?? {})
  return choices.find(({ index }) => typeof index !== 'number' || index === 0) ?? {}
}

/** Groq says it beside the answer as well, and only there when it was not asked. */
function usageIn(chunk: JsonObject): UsagePart | undefined {
  return fromOpenAiUsage(chunk['usage']) ?? fromOpenAiUsage(asObject(chunk['x_groq'])?.['usage'])
}

/** What a server reports with status 200: beside the choices, inside one, or by its finish reason alone. */
function failureIn(chunk: JsonObject, choice: JsonObject): unknown {
  const error = isReported(choice['error']) ? choice['error'] : chunk['error']
  if (isReported(error)) return { error }
  const reason = asText(choice['finish_reason'])
  if (reason === undefined || !BROKEN_REASONS.has(reason)) return undefined
  return {
    error: reason === 'error' ? {} : { code: reason, message: `It finished with ${reason}.` },
  }
}

/** Some servers have the field in every chunk, with nothing in it. */
function isReported(error: JsonValue | undefined): boolean {
  return error !== undefined && error !== null && error !== '' && error !== false
}
